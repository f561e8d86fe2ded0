import type { KeyboardEvent, MouseEvent } from 'react';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { byResource } from '../../../features/permissions/use-catalogue.ts';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { permissionGroup } from '../../../ui/chips/permission-label.ts';
import type { Position } from './keys.ts';
import { HEADS, nextPosition } from './keys.ts';
import { MatrixRow } from './row.tsx';
import type { Matrix, MatrixColumn, Permission } from './use-matrix.ts';

export type GridProps = {
  matrix: Matrix;
  columns: MatrixColumn[];
  /** The permissions shown. */
  shown: Permission[];
  onSwitch: (column: MatrixColumn, permission: Permission) => void;
};

/** Permissions by roles: one tab stop, arrow keys to move, Space to toggle. */
export function MatrixGrid({ matrix, columns, shown, onSwitch }: GridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Position>({ row: 0, column: 0 });
  const row = Math.min(active.row, shown.length - 1);
  const column = Math.min(active.column, columns.length - 1);
  const rowOf = new Map(shown.map((permission, at) => [permission, at]));

  function focus(spot: Position) {
    setActive(spot);
    grid.current?.querySelector<HTMLElement>(`[data-row="${spot.row}"][data-column="${spot.column}"]`)?.focus();
  }

  function flip(spot: Position) {
    const [role, permission] = [columns[spot.column], shown[spot.row]];
    if (role && permission) onSwitch(role, permission);
  }

  function onKeyDown(event: KeyboardEvent) {
    const spot = positionOf(event.target);
    if (!spot) return;
    const withCtrl = event.ctrlKey || event.metaKey;
    const next = nextPosition(event.key, withCtrl, spot, { rows: shown.length, columns: columns.length });
    const switches = !withCtrl && spot.row !== HEADS && (event.key === ' ' || event.key === 'Enter');
    if (next) focus(next);
    else if (switches) flip(spot);
    else return;
    event.preventDefault();
  }

  function onClick(event: MouseEvent) {
    const spot = positionOf(event.target);
    if (!spot) return;
    focus(spot);
    flip(spot);
  }

  return (
    <div className="matrix-frame">
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table with keyboard navigation and switches is a grid.
        role="grid"
        className="matrix"
        aria-label={t('roles.matrix')}
        aria-describedby="matrix-keys"
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <Heads columns={columns} active={row === HEADS ? column : undefined} />
        {byResource(shown).map((group) => (
          <tbody key={group.resource}>
            <tr className="matrix-group">
              <th scope="rowgroup" translate="no">
                {permissionGroup(group.resource)}
              </th>
              <td colSpan={columns.length} />
            </tr>
            {group.permissions.map((permission) => {
              const at = rowOf.get(permission) ?? 0;
              return (
                <MatrixRow
                  key={permission.code}
                  at={at}
                  permission={permission}
                  cells={columns.map((each) => matrix.cell(each, permission))}
                  active={at === row ? column : undefined}
                />
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Heads({ columns, active }: { columns: MatrixColumn[]; active: number | undefined }) {
  const scope = useTenantScope();
  return (
    <thead>
      <tr>
        <th scope="col" className="matrix-corner">
          {t('roles.permissions')}
        </th>
        {columns.map(({ role, parentName, locked }, at) => (
          <th key={role.id} scope="col" title={locked ?? roleName(role)}>
            <Link to={scope.to(`roles/${role.id}`)} tabIndex={at === active ? 0 : -1} data-row={HEADS} data-column={at}>
              {roleName(role)}
            </Link>
            <span className="permission-about">
              {role.isOwner
                ? t('roles.owner')
                : parentName
                  ? t('roles.matrix_child_of', { role: parentName })
                  : role.isSystem
                    ? t('roles.system')
                    : ''}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function positionOf(target: EventTarget): Position | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : undefined;
}
