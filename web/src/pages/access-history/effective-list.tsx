import { Flex } from 'antd';
import { type EffectiveAccess, partsOfCode } from 'bff/contract';
import { RoleAt } from '../../features/access/role-at.tsx';
import { loadedRows } from '../../features/access/use-access.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { permissionGroup, permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import type { Column } from '../../ui/list/column.ts';
import { DataList } from '../../ui/list/data-list.tsx';

type Granted = EffectiveAccess['permissions'][number];

/** Permissions by resource, each with the roles that granted it. */
export function EffectiveList({ permissions, state }: { permissions: Granted[]; state: ListState }) {
  const { t } = useI18n();
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
  const { t } = useI18n();
  const { role, via, inheritedThrough, conditions, validUntil } = path;
  const origin = inheritedThrough.at(-1);
  const notes = [
    via === 'platform' ? t('access_history.through_platform') : '',
    origin ? t('access_history.inherited_from', { role: roleName(origin) }) : '',
    conditions ? t('access_history.under_conditions') : '',
  ].filter(Boolean);
  return <RoleAt role={role} via={via} validUntil={validUntil} notes={notes} />;
}
