import type { Row } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Status, StatusDot } from '../../ui/chips/status-dot.tsx';
import { tenantStatus } from '../../ui/chips/status-labels.ts';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import type { Column } from '../../ui/list/column.ts';
import { countColumn, timeColumn } from '../../ui/list/columns.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { TenantTitle } from './tenant-title.tsx';

const CreateTenant = lazyDialog(() => import('./create-tenant.tsx'));

const OWNERLESS = { true: { label: 'tenants.ownership_missing' }, false: { label: 'tenants.has_owner' } } as const;

type Tenant = Row<'tenants'>;

export default function TenantList() {
  const scope = useTenantScope();
  const list = useListPage<'tenants'>();
  const hasDirectory = useSessionInfo()?.hasDirectory === true;
  const provider: Column<Tenant> = {
    title: t('tenants.provider'),
    width: '150px',
    narrow: 'hide',
    render: ({ identityOrgId }) => (
      <span className="muted" title={identityOrgId ?? undefined}>
        {t(identityOrgId ? 'tenants.linked' : 'tenants.not_linked')}
      </span>
    ),
  };
  const columns: Column<Tenant>[] = [
    { title: t('tenants.tenant'), sort: 'name', width: '34%', render: (tenant) => <TenantTitle tenant={tenant} /> },
    {
      title: t('status.label'),
      render: ({ status, ownership }) => (
        <span className="row wrap">
          <Status {...tenantStatus[status]} />
          {ownership === 'owned' ? null : (
            <StatusDot tone={ownership === 'missing' ? 'bad' : 'neutral'}>
              {t(`tenants.ownership_${ownership}`)}
            </StatusDot>
          )}
        </span>
      ),
    },
    countColumn('memberCount', t('tenants.members'), 'members.count'),
    ...(hasDirectory ? [provider] : []),
    timeColumn('createdAt', t('tenants.created')),
  ];
  return (
    <ListPage
      title={t('tenants.title')}
      lead={t('tenants.lead')}
      primary={
        <DialogButton type="primary" permission="tenants:create" label={t('tenants.create')}>
          {(close) => <CreateTenant onClose={close} />}
        </DialogButton>
      }
      columns={columns}
      {...list}
      count="tenants.count"
      rowTo={({ id }) => scope.to(`tenants/${id}`)}
      empty={{ title: t('tenants.empty'), text: t('tenants.empty_text') }}
      filters={
        <>
          <SearchBox state={list.state} label={t('tenants.search')} />
          <FilterSelect state={list.state} name="status" label={t('status.label')} options={tenantStatus} />
          <FilterSelect state={list.state} name="ownerless" label={t('tenants.owners')} options={OWNERLESS} />
        </>
      }
    />
  );
}
