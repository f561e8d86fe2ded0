import { Select } from 'antd';
import { useI18n } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { Note } from '../../../ui/feedback/note.tsx';
import type { Edits } from './state.ts';
import type { MatrixColumn } from './use-matrix.ts';

type Props = { columns: MatrixColumn[]; chosen: MatrixColumn; edits: Edits; onChoose: (roleId: string) => void };

/** Selects the one role that the matrix shows on a phone. */
export function RoleSelect({ columns, chosen, edits, onChoose }: Props) {
  const { t } = useI18n();
  return (
    <>
      <Select
        className="matrix-role"
        aria-label={t('roles.role')}
        value={chosen.role.id}
        onChange={onChoose}
        options={columns.map(({ role }) => {
          const count = edits.get(role.id)?.size ?? 0;
          const changes = t('roles.matrix_changes', { count });
          return { value: role.id, label: count > 0 ? `${roleName(role)} · ${changes}` : roleName(role) };
        })}
      />
      {chosen.locked ? <Note>{chosen.locked}</Note> : null}
    </>
  );
}
