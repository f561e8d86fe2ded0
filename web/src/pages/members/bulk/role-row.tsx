import type { Row } from 'bff/contract';
import { useId } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';

type What = 'add' | 'remove' | undefined;
type Props = { role: Row<'roles'>; chosen: What; onChoose: (what: What) => void };

/** One role for many members: unchanged, assigned or removed. */
export function BulkRoleRow({ role, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const id = useId();
  const choices = [
    [undefined, t('members.bulk_unchanged_option')],
    ['add', t('members.bulk_assign')],
    ['remove', t('members.bulk_remove')],
  ] as const;
  return (
    <fieldset className="bulk-role" aria-labelledby={`${id}-name`}>
      <div className="bulk-role-text">
        <span id={`${id}-name`} className="role-choice-name">
          {role.name}
        </span>
        <span className="muted">{role.description}</span>
      </div>
      <div className="bulk-choices">
        {choices.map(([what, label]) => (
          <label key={label} className={what ? `bulk-${what}` : undefined}>
            <input type="radio" name={id} checked={chosen === what} onChange={() => onChoose(what)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
