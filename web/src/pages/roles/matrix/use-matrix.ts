import type { Row, MatrixRole as Stored } from 'bff/contract';
import { useCallback, useMemo, useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import type { PermissionCode } from '../../../providers/access/permissions.ts';
import { usePermission, useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import type { Edits, MatrixRole } from './state.ts';
import { cellReader, changeCount, matrixRole, noEdits, toggle, withoutStaleEdits } from './state.ts';

export type Permission = Row<'permissions'>;
/** A role, and why its cells are locked, if they are. */
export type MatrixColumn = { role: MatrixRole; parentName: string | undefined; locked: string | undefined };
export type Cell = ReturnType<ReturnType<typeof cellReader>> & { locked: string | undefined };

/** State of the matrix: stored roles, unsaved edits, locked cells. */
export function useMatrix(stored: Stored[], catalogue: Permission[]) {
  const { t } = useI18n();
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

  const columns = stored.map(
    (each, at): MatrixColumn => ({
      role: roles[at] ?? matrixRole(each),
      parentName: each.parent?.name,
      locked: lockOf(each),
    }),
  );
  const permissions = useMemo(() => {
    const held = new Set(roles.flatMap((role) => [...role.own]));
    return catalogue.filter(({ code, retiredAt }) => !retiredAt || held.has(code));
  }, [catalogue, roles]);

  const read = cellReader(roles, edits);
  function cell({ role, locked }: MatrixColumn, { code, retiredAt }: Permission): Cell {
    const state = read(role, code);
    const why = () => {
      if (locked) return locked;
      if (!holds(code)) return t('roles.pick_not_held');
      if (state.from && !state.isOwn) return t('roles.matrix_from_parent', { role: state.from.name });
      return retiredAt && !state.isOwn ? t('roles.pick_retired') : undefined;
    };
    return { ...state, locked: why() };
  }

  return {
    columns,
    permissions,
    edits,
    changes: changeCount(edits),
    cell,
    flip: useCallback((role: MatrixRole, code: string) => setMade((now) => toggle(now, role, code)), []),
    discard: () => setMade(noEdits),
  };
}

export type Matrix = ReturnType<typeof useMatrix>;

/** Returns the accessible name of a cell: "courses:create, Teacher, on, inherited from Member". */
export function useCellLabel() {
  const { t } = useI18n();
  return (role: MatrixRole, code: string, { isOn, isOwn, from, isEdited, isConditional }: Cell, withState: boolean) =>
    [
      code,
      role.name,
      withState ? t(isOn ? 'roles.matrix_on' : 'roles.matrix_off') : '',
      !isOwn && from ? t('roles.matrix_inherited', { role: from.name }) : '',
      isConditional ? t('roles.matrix_conditional') : '',
      isEdited ? t('roles.matrix_edited') : '',
    ]
      .filter(Boolean)
      .join(', ');
}
