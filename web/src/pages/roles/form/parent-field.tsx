import { lineage, type Row } from 'bff/contract';
import { useI18n } from '../../../i18n/i18n.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { RoleDraft } from './role-draft.ts';
import type { RoleFieldErrors } from './use-role-form.ts';

type Role = Row<'roles'>;
type Props = {
  roles: Role[];
  /** The role being edited: neither it nor its descendants can be its parent. */
  roleId?: string;
  draft: RoleDraft;
  fieldErrors: RoleFieldErrors;
  set: (change: Partial<RoleDraft>) => void;
};

/** Selects the parent role. */
export function ParentField({ roles, roleId, draft, fieldErrors, set }: Props) {
  const { t } = useI18n();
  const byId = new Map(roles.map((role) => [role.id, role]));
  const inheritsFrom = (role: Role, id: string | undefined) =>
    [...lineage(role, ({ parent }) => byId.get(parent?.id ?? ''))].some((each) => each.id === id);
  const possible = roles.filter((role) => !role.isOwner && !inheritsFrom(role, roleId));
  return (
    <Field label={t('roles.parent')} optional hint={t('roles.parent_hint')} error={fieldErrors.parentRoleId}>
      {(control) => (
        <span className="form-select">
          <select
            {...control}
            value={draft.parentRoleId ?? ''}
            onChange={(event) => set({ parentRoleId: event.target.value || null })}
          >
            <option value="">{t('roles.parent_none')}</option>
            {possible.map((role) => (
              <option key={role.id} value={role.id}>
                {role.name}
              </option>
            ))}
          </select>
          <Icon name="chevron" size={16} />
        </span>
      )}
    </Field>
  );
}
