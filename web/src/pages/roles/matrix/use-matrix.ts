import { useQuery } from '@tanstack/react-query';
import type { RoleMatrix, Row, MatrixRole as Stored } from 'bff/contract';
import { useCallback, useMemo, useState } from 'react';
import type { ApiError } from '../../../core/api.ts';
import { request } from '../../../core/api.ts';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import type { PermissionCode } from '../../../providers/access/permissions.ts';
import { usePermission, useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import type { CellState, Edits, MatrixRole } from './state.ts';
import { cellReader, matrixRole, noEdits, toggle, withoutStaleEdits } from './state.ts';

export const matrixKey = (resource: string) => ['role-matrix', resource];

/** All roles of the scope with their permissions. */
export const useMatrixRoles = (resource: string) =>
  useQuery<RoleMatrix, ApiError>({
    queryKey: matrixKey(resource),
    queryFn: ({ signal }) => request('GET', `/api/admin/${resource}/matrix`, { signal }),
  });

export type Permission = Row<'permissions'>;
/** A role, and why its cells are locked, if they are. */
export type MatrixColumn = { role: MatrixRole; parentName: string | undefined; locked: string | undefined };
export type Cell = CellState & {
  role: MatrixRole;
  /** Why it cannot be changed: for the whole role, or for the reason of this cell. */
  locked: string | undefined;
  reason: string | undefined;
};

/** State of the matrix: stored roles (the editable ones first), unsaved edits, locked cells. */
export function useMatrix(stored: Stored[], catalogue: Permission[]) {
  const scope = useTenantScope();
  const [made, setMade] = useState<Edits>(noEdits);
  const roles = useMemo(() => stored.map(matrixRole), [stored]);
  const edits = useMemo(() => withoutStaleEdits(made, roles), [made, roles]);
  const update = usePermission('roles:update');
  const holds = (code: string) => scope.can(code as PermissionCode);

  function lockOf(role: Stored): string | undefined {
    if (role.isOwner) return t('roles.owner_title');
    if (role.isSystem) return t('roles.is_system');
    if (!update.can) return update.reason;
    const missing = [...role.own, ...role.inherited].find(({ code }) => !holds(code));
    return missing ? t('roles.exceeds_own', { permission: missing.code }) : undefined;
  }

  const columns = stored
    .map(
      (each, at): MatrixColumn => ({
        role: roles[at] ?? matrixRole(each),
        parentName: each.parent ? roleName(each.parent) : undefined,
        locked: lockOf(each),
      }),
    )
    .sort((one, other) => rank(one) - rank(other));
  const permissions = useMemo(() => {
    const held = new Set(roles.flatMap((role) => [...role.own]));
    return catalogue.filter(({ code, retiredAt }) => !retiredAt || held.has(code));
  }, [catalogue, roles]);

  const read = cellReader(roles, edits);
  const readStored = useMemo(() => cellReader(roles, noEdits), [roles]);
  function cell({ role, locked }: MatrixColumn, { code, retiredAt }: Permission): Cell {
    const state = read(role, code);
    const why = () => {
      if (!holds(code)) return t('roles.pick_not_held');
      if (state.from && !state.isOwn) return t('roles.matrix_from_parent', { role: roleName(state.from) });
      return retiredAt && !state.isOwn ? t('roles.pick_retired') : undefined;
    };
    const reason = locked ? undefined : why();
    return { ...state, role, locked: locked ?? reason, reason };
  }

  return {
    columns,
    permissions,
    edits,
    cell,
    /** Whether these roles differ in a permission, as stored; one that is being edited stays in sight. */
    differs: (among: MatrixColumn[], { code }: Permission) =>
      new Set(among.map(({ role }) => readStored(role, code).isOn)).size > 1 ||
      [...edits.values()].some((codes) => codes.has(code)),
    flip: useCallback((role: MatrixRole, code: string) => setMade((now) => toggle(now, role, code)), []),
    replaceEdits: setMade,
  };
}

export type Matrix = ReturnType<typeof useMatrix>;

const rank = ({ role, locked }: MatrixColumn) => (role.isOwner ? 3 : role.isSystem ? 2 : locked ? 1 : 0);

/** Returns the accessible name of a cell: "courses:create, Teacher, on, inherited from Member". */
export const cellLabel = (
  code: string,
  { role, isOn, isOwn, from, isEdited, isConditional }: Cell,
  withState: boolean,
): string =>
  [
    code,
    roleName(role),
    withState ? t(isOn ? 'roles.matrix_on' : 'roles.matrix_off') : '',
    !isOwn && from ? t('roles.matrix_inherited', { role: roleName(from) }) : '',
    isConditional ? t('roles.matrix_conditional') : '',
    isEdited ? t('roles.matrix_edited') : '',
  ]
    .filter(Boolean)
    .join(', ');
