import { Alert, Flex } from 'antd';
import { type EffectiveAccess, partsOfCode } from 'bff/contract';
import { AccessLoaded } from '../../features/access/outside-history.tsx';
import { RoleAt } from '../../features/access/role-at.tsx';
import { loadedRows, useAccess } from '../../features/access/use-access.ts';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { permissionGroup, permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';
import { RoleTimeline } from './role-timeline.tsx';

/** A user's permissions at a date, with their roles over time. */
export function UserAccess({ state }: { state: ListState }) {
  const { userId, at } = state.filters;
  const found = useAccess<EffectiveAccess>('effective', { userId, asOf: at }, userId !== undefined);
  if (!userId)
    return <EmptyState title={t('access_history.choose_user')} text={t('access_history.choose_user_text')} />;
  return (
    <>
      <RoleTimeline userId={userId} at={at} onChange={(date) => state.set({ at: date }, { replace: true })} />
      <AccessLoaded found={found} list={state}>
        {(access) => <Answer access={access} at={at} state={state} />}
      </AccessLoaded>
    </>
  );
}

type Props = { access: EffectiveAccess; at: string | undefined; state: ListState };

function Answer({ access, at, state }: Props) {
  const scope = useTenantScope();
  const { user, permissions, blocked } = access;
  const name = userName(user, 'explain.unknown_user');
  const params = { user: <strong>{name}</strong>, tenant: scope.name, count: permissions.length };
  const when = at ? t('access_history.on_date', { when: shortTime(access.asOf) }) : t('access_history.currently');
  return (
    <>
      <Alert
        className="access-verdict"
        role="status"
        type={permissions.length > 0 ? 'success' : 'error'}
        message={
          <>
            {when} {rich(at ? 'access_history.had_permissions' : 'access_history.has_permissions', params)}
          </>
        }
        description={blocked ? rich(`access_history.blocked_${blocked}`, params) : undefined}
      />
      {permissions.length > 0 ? <EffectiveList permissions={permissions} state={state} /> : null}
    </>
  );
}

type Granted = EffectiveAccess['permissions'][number];

/** Permissions by resource, each with the roles that granted it. */
function EffectiveList({ permissions, state }: { permissions: Granted[]; state: ListState }) {
  const columns: Column<Granted & { id: string }>[] = [
    {
      title: t('explain.permission'),
      width: '50%',
      render: ({ code, description }) => (
        <Flex wrap align="center" gap="2px 10px">
          <PermissionTag code={code} />
          {description ? <span className="muted">{permissionLabel({ code, description })}</span> : null}
        </Flex>
      ),
    },
    {
      title: t('explain.granted_through'),
      render: ({ paths }) => (
        <Flex vertical gap={4}>
          {paths.map((path) => (
            <GrantPath key={`${path.via} ${path.role.id}`} path={path} />
          ))}
        </Flex>
      ),
    },
  ];
  return (
    <DataList
      label={t('access_history.permissions_note')}
      columns={columns}
      rows={loadedRows(
        permissions.map((permission) => ({ ...permission, id: permission.code })),
        { nextCursor: null, prevCursor: null, total: permissions.length, totalIsExact: true },
      )}
      state={{ ...state, isFiltered: false }}
      count="access_history.permission_count"
      group={({ code }) => permissionGroup(partsOfCode(code).resource)}
      empty={{ title: '' }}
    />
  );
}

function GrantPath({ path }: { path: Granted['paths'][number] }) {
  const { role, via, inheritedThrough, conditions, validUntil } = path;
  const origin = inheritedThrough.at(-1);
  const notes = [
    via === 'platform' ? t('access_history.through_platform') : '',
    origin ? t('access_history.inherited_from', { role: roleName(origin) }) : '',
    conditions ? t('access_history.under_conditions') : '',
  ].filter(Boolean);
  return <RoleAt role={role} via={via} validUntil={validUntil} notes={notes} />;
}
