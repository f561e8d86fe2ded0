import './permissions.css';
import type { Row } from 'bff/contract';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { AddPermissionButton } from './add-permission.tsx';
import { useCanCount, useUsageCounts } from './use-usage.ts';

export default function PermissionList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['scope', 'isSystem', 'retired'], sort: 'code' });
  const permissions = useRows<'permissions'>('permissions', {
    state,
    limit: 100,
    fixed: { retired: state.filters.retired ?? 'false' },
  });
  const counts = useUsageCounts();
  const canCount = useCanCount();
  const showsRetired = state.filters.retired === 'true';
  const tab = (retired: boolean, label: string) => (
    <button
      type="button"
      aria-pressed={showsRetired === retired}
      onClick={() => state.set({ retired: retired ? 'true' : undefined })}
    >
      {label}
    </button>
  );

  const columns: Column<Row<'permissions'>>[] = [
    {
      title: t('permissions.permission'),
      sort: 'code',
      width: '30%',
      render: ({ code }) => <PermissionTag code={code} />,
    },
    { title: t('permissions.description'), narrow: 'full', render: permissionLabel },
    {
      title: t('permissions.scope'),
      width: '96px',
      narrow: 'hide',
      render: ({ scope }) => <span className="muted">{t(`permissions.scope_${scope}`)}</span>,
    },
    ...(canCount
      ? [
          {
            title: t('permissions.used_by'),
            width: '190px',
            render: ({ code }: Row<'permissions'>) => (counts ? <UsageCount counts={counts.get(code)} /> : null),
          },
        ]
      : []),
    {
      title: t('permissions.provided_by'),
      width: '110px',
      align: 'end',
      render: ({ isSystem }) =>
        isSystem ? <span className="muted">{t('permissions.rolecall')}</span> : t('permissions.app'),
    },
  ];
  return (
    <>
      <PageHeader title={t('permissions.title')} lead={t('permissions.lead')} primary={<AddPermissionButton />} />
      <DataList
        label={t('permissions.title')}
        columns={columns}
        rows={permissions}
        state={state}
        count="permissions.count"
        group={({ resource }) => resource}
        rowTo={({ code }) => scope.to(`permissions/${encodeURIComponent(code)}`)}
        empty={
          showsRetired
            ? { title: t('permissions.retired_empty'), text: t('permissions.retired_empty_text') }
            : { title: t('permissions.empty'), text: t('permissions.empty_text') }
        }
        filters={
          <>
            <fieldset className="permission-states">
              <legend className="visually-hidden">{t('permissions.state')}</legend>
              {tab(false, t('permissions.in_use'))}
              {tab(true, t('permissions.retired'))}
            </fieldset>
            <SearchBox state={state} label={t('permissions.search')} />
            <FilterSelect
              state={state}
              name="isSystem"
              label={t('permissions.provided_by')}
              options={[
                { value: 'true', label: t('permissions.rolecall') },
                { value: 'false', label: t('permissions.app') },
              ]}
            />
            <FilterSelect
              state={state}
              name="scope"
              label={t('permissions.scope')}
              options={[
                { value: 'tenant', label: t('permissions.scope_tenant') },
                { value: 'platform', label: t('permissions.scope_platform') },
              ]}
            />
          </>
        }
      />
    </>
  );
}

/** How many roles grant it, and how many users hold one of them. */
function UsageCount({ counts }: { counts: { roles: number; members: number } | undefined }) {
  const { t } = useI18n();
  if (!counts) return <span className="muted">{t('permissions.used_by_owners_only')}</span>;
  const { roles, members } = counts;
  return (
    <span className="numeric">
      {t('permissions.usage_roles', { count: roles, n: wholeNumber(roles) })}
      <span className="muted"> · {t('permissions.usage_members', { count: members, n: wholeNumber(members) })}</span>
    </span>
  );
}
