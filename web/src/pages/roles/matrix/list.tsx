import '../../../ui/form/field.css';
import { useSearchParams } from 'react-router';
import { byResource } from '../../../features/permissions/use-catalogue.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { Cell, Matrix, MatrixColumn, Permission } from './use-matrix.ts';
import { useCellLabel } from './use-matrix.ts';

type Props = { matrix: Matrix; shown: Permission[]; onSwitch: (column: MatrixColumn, permission: Permission) => void };

/** The matrix on a phone: one role at a time. */
export function MatrixList({ matrix, shown, onSwitch }: Props) {
  const { t } = useI18n();
  const [params, setParams] = useSearchParams();
  const { columns } = matrix;
  const column =
    columns.find(({ role }) => role.id === params.get('role')) ?? columns.find(({ locked }) => !locked) ?? columns[0];
  if (!column) return null;
  return (
    <>
      <span className="form-select matrix-role">
        <select
          aria-label={t('roles.role')}
          value={column.role.id}
          onChange={(event) => setParams({ role: event.target.value }, { replace: true })}
        >
          {columns.map(({ role }) => {
            const count = matrix.edits.get(role.id)?.size ?? 0;
            return (
              <option key={role.id} value={role.id}>
                {count > 0 ? `${role.name} · ${t('roles.matrix_changes', { count, n: count })}` : role.name}
              </option>
            );
          })}
        </select>
        <Icon name="chevron" size={16} />
      </span>
      {column.locked ? <Note>{column.locked}</Note> : null}
      {byResource(shown).map((group) => (
        <section key={group.resource} className="matrix-list" aria-label={group.resource}>
          <h2 translate="no">{group.resource}</h2>
          {group.permissions.map((permission) => (
            <Line
              key={permission.code}
              column={column}
              permission={permission}
              cell={matrix.cell(column, permission)}
              onSwitch={() => onSwitch(column, permission)}
            />
          ))}
        </section>
      ))}
    </>
  );
}

type LineProps = { column: MatrixColumn; permission: Permission; cell: Cell; onSwitch: () => void };

function Line({ column, permission, cell, onSwitch }: LineProps) {
  const { t } = useI18n();
  const cellLabel = useCellLabel();
  const { isOn, isOwn, from, isEdited, isConditional } = cell;
  const why = column.locked ? undefined : cell.locked;
  const note = !isOwn && from ? t('roles.pick_inherited', { role: from.name }) : why;
  return (
    <label className={isEdited ? 'matrix-line cell-edited' : 'matrix-line'}>
      <span>
        <PermissionTag code={permission.code} />
        {note ? <span className="muted">{note}</span> : null}
        {isConditional ? <span className="matrix-changed">{t('roles.matrix_conditional')}</span> : null}
        {isEdited ? <span className="matrix-changed">{t('roles.matrix_edited')}</span> : null}
      </span>
      <input
        type="checkbox"
        checked={isOn}
        disabled={cell.locked !== undefined}
        aria-label={cellLabel(column.role, permission.code, cell, false)}
        aria-description={cell.locked}
        onChange={onSwitch}
      />
    </label>
  );
}
