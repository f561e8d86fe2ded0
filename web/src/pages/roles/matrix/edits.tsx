import { roleName } from '../../../i18n/role-name.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import type { Matrix } from './use-matrix.ts';

/** The unsaved edits by role: "+ courses:read". */
export function MatrixEdits({ matrix: { columns, edits } }: { matrix: Matrix }) {
  return columns.map(({ role }) => {
    const changes = [...(edits.get(role.id) ?? [])];
    return changes.length === 0 ? null : (
      <section key={role.id} className="dialog-field">
        <strong>
          <bdi>{roleName(role)}</bdi>
        </strong>
        <ul>
          {changes.map(([code, isOn]) => (
            <li key={code} className={isOn ? 'impact-gains' : 'impact-loses'}>
              {isOn ? '+ ' : '− '}
              <PermissionTag code={code} />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
