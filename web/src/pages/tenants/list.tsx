import './tenants.css';
import type { Row } from 'bff/contract';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { tenantStatus } from '../../ui/chips/status-labels.ts';
import { When } from '../../ui/chips/when.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { CreateTenantButton } from './create-tenant.tsx';
import { TenantTitle } from './tenant-title.tsx';

type Tenant = Row<'tenants'>;
const STATUSES = ['active', 'trialing', 'suspended', 'cancelled', 'archived'] as const;

export default function TenantList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['status', 'ownerless'], sort: 'name' });
  const tenants = useRows<'tenants'>('tenants', { state, fixed: { kind: 'customer' } });

  const columns: Column<Tenant>[] = [
    { title: t('tenants.tenant'), sort: 'name', width: '34%', render: (tenant) => <TenantTitle tenant={tenant} /> },
    {
      title: t('status.label'),
      render: ({ status, ownership }) => (
        <span className="tenant-states">
          <StatusDot tone={tenantStatus[status].tone}>{t(tenantStatus[status].label)}</StatusDot>
          {ownership === 'owned' ? null : (
            <StatusDot tone={ownership === 'missing' ? 'bad' : 'neutral'}>
              {t(`tenants.ownership_${ownership}`)}
            </StatusDot>
          )}
        </span>
      ),
    },
    {
      title: t('tenants.members'),
      width: '110px',
      render: ({ memberCount }) => (
        <>
          {wholeNumber(memberCount)}
          <span className="tenants-unit"> {t('tenants.members_n', { count: memberCount })}</span>
        </>
      ),
    },
    {
      title: t('tenants.provider'),
      width: '150px',
      narrow: 'hide',
      render: ({ identityOrgId }) => (
        <span className="muted" title={identityOrgId ?? undefined}>
          {t(identityOrgId ? 'tenants.linked' : 'tenants.not_linked')}
        </span>
      ),
    },
    {
      title: t('tenants.created'),
      sort: 'createdAt',
      width: '130px',
      align: 'end',
      render: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
  return (
    <>
      <PageHeader title={t('tenants.title')} lead={t('tenants.lead')} primary={<CreateTenantButton />} />
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
            <FilterSelect
              state={state}
              name="status"
              label={t('status.label')}
              options={STATUSES.map((value) => ({ value, label: t(tenantStatus[value].label) }))}
            />
            <FilterSelect
              state={state}
              name="ownerless"
              label={t('tenants.owners')}
              options={[
                { value: 'true', label: t('tenants.ownership_missing') },
                { value: 'false', label: t('tenants.has_owner') },
              ]}
            />
          </>
        }
      />
    </>
  );
}
