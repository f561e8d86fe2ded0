import type { Row } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Status, StatusDot } from '../../ui/chips/status-dot.tsx';
import { tenantStatus } from '../../ui/chips/status-labels.ts';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import type { Column } from '../../ui/list/column.ts';
import { countColumn, timeColumn } from '../../ui/list/columns.tsx';
import { DataList } from '../../ui/list/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { TenantTitle } from './tenant-title.tsx';

const CreateTenant = lazyDialog(() => import('./create-tenant.tsx'));

const OWNERLESS = { true: { label: 'tenants.ownership_missing' }, false: { label: 'tenants.has_owner' } } as const;

type Tenant = Row<'tenants'>;

export default function TenantList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['status', 'ownerless'], sort: 'name' });
  const tenants = useRows<'tenants'>('tenants', { state, fixed: { kind: 'customer' } });

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
    countColumn('memberCount', t('tenants.members'), (count) => t('tenants.members_n', { count })),
    ...(hasDirectory ? [provider] : []),
    timeColumn('createdAt', t('tenants.created')),
  ];
  return (
    <>
      <PageHeader
        title={t('tenants.title')}
        lead={t('tenants.lead')}
        primary={
          <DialogButton type="primary" permission="tenants:create" label={t('tenants.create')}>
            {(close) => <CreateTenant onClose={close} />}
          </DialogButton>
        }
      />
      <DataList
        label={t('tenants.title')}
        columns={columns}
        rows={tenants}
        state={state}
        count="tenants.count"
        rowTo={({ id }) => scope.to(`tenants/${id}`)}
        empty={{ title: t('tenants.empty'), text: t('tenants.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('tenants.search')} />
            <FilterSelect state={state} name="status" label={t('status.label')} options={tenantStatus} />
            <FilterSelect state={state} name="ownerless" label={t('tenants.owners')} options={OWNERLESS} />
          </>
        }
      />
    </>
  );
}
