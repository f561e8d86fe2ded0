import { Segmented } from 'antd';
import type { Row } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionGroup, permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import type { Column } from '../../ui/list/column.ts';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { useCanCount, useUsageCounts } from './use-usage.ts';

const PROVIDERS = { true: { label: 'permissions.rolecall' }, false: { label: 'permissions.app' } } as const;
const SCOPES = {
  tenant: { label: 'permissions.scope_tenant' },
  platform: { label: 'permissions.scope_platform' },
} as const;
const AddPermission = lazyDialog(() => import('./add-permission.tsx'));

export default function PermissionList() {
  const scope = useTenantScope();
  const { state, rows: permissions } = useListPage<'permissions'>();
  const counts = useUsageCounts();
  const canCount = useCanCount();
  const showsRetired = state.filters.retired === 'true';
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
      width: '112px',
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
      width: '130px',
      align: 'end',
      render: ({ isSystem }) =>
        isSystem ? <span className="muted">{t('permissions.rolecall')}</span> : t('permissions.app'),
    },
  ];
  return (
    <ListPage
      title={t('permissions.title')}
      lead={t('permissions.lead')}
      primary={
        <DialogButton type="primary" permission="permissions:create" label={t('permissions.add')}>
          {(close) => <AddPermission onClose={close} />}
        </DialogButton>
      }
      columns={columns}
      rows={permissions}
      state={state}
      count="permissions.count"
      group={({ resource }) => permissionGroup(resource)}
      rowTo={({ code }) => scope.to(`permissions/${encodeURIComponent(code)}`)}
      empty={
        showsRetired
          ? { title: t('permissions.retired_empty'), text: t('permissions.retired_empty_text') }
          : { title: t('permissions.empty'), text: t('permissions.empty_text') }
      }
      filters={
        <>
          <Segmented
            aria-label={t('permissions.state')}
            value={showsRetired ? 'true' : ''}
            options={[
              { value: '', label: t('permissions.in_use') },
              { value: 'true', label: t('permissions.retired') },
            ]}
            onChange={(retired) => state.set({ retired })}
          />
          <SearchBox state={state} label={t('permissions.search')} />
          <FilterSelect state={state} name="isSystem" label={t('permissions.provided_by')} options={PROVIDERS} />
          <FilterSelect state={state} name="scope" label={t('permissions.scope')} options={SCOPES} />
        </>
      }
    />
  );
}

/** How many roles grant it, and how many users hold one of them. */
function UsageCount({ counts }: { counts: { roles: number; members: number } | undefined }) {
  if (!counts) return <span className="muted">{t('permissions.used_by_owners_only')}</span>;
  const { roles, members } = counts;
  return (
    <span className="numeric">
      {t('permissions.usage_roles', { count: roles })}
      <span className="muted"> · {t('permissions.usage_members', { count: members })}</span>
    </span>
  );
}
