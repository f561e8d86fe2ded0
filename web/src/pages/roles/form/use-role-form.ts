import type { RoleDetail } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../../core/api.ts';
import { usePreview } from '../../../features/preview/use-preview.tsx';
import { errorText } from '../../../i18n/error-text.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { fieldErrorOf } from '../../../ui/form/field.tsx';
import type { RoleDraft } from './role-draft.ts';
import { changesBetween, draftOf, emptyDraft, rebase, toCreate, toUpdate } from './role-draft.ts';

const FIELDS = ['name', 'key', 'description', 'parentRoleId', 'permissions'] as const;
export type RoleFieldErrors = Partial<Record<(typeof FIELDS)[number], string>>;
const KEY = /^[a-z][a-z0-9-]{0,62}$/;

/** State of the role form: draft, errors, saving. */
export function useRoleForm(role: RoleDetail | undefined, onSaved: (saved: RoleDetail) => void) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { send, busy } = useChange();
  const [base, setBase] = useState(() => ({
    draft: role ? draftOf(role) : emptyDraft,
    version: role?.version,
  }));
  const [draft, setDraft] = useState(base.draft);
  const [reason, setReason] = useState('');
  const [fieldErrors, setFieldErrors] = useState<RoleFieldErrors>({});
  const [rejectedCode, setRejectedCode] = useState<string>();
  const [isStale, setStale] = useState(false);
  const changed = Object.keys(changesBetween(base.draft, draft));
  const preview = usePreview({ action: t('roles.save'), name: draft.name.trim() });

  function set(change: Partial<RoleDraft>) {
    setDraft((current) => ({ ...current, ...change }));
    setFieldErrors((current) =>
      Object.fromEntries(Object.entries(current).filter(([field]) => !(field in change) && field in current)),
    );
    if (change.permissions || change.conditions || change.parentRoleId !== undefined) setRejectedCode(undefined);
  }

  function typedErrors(): RoleFieldErrors {
    return {
      ...(draft.name.trim() === '' ? { name: t('roles.name_missing') } : {}),
      ...(!role && draft.key !== '' && !KEY.test(draft.key) ? { key: t('roles.key_invalid') } : {}),
    };
  }

  function onError(error: ApiError): boolean {
    const { code, errors, problem } = error;
    if (code === 'stale_version' && problem.current) {
      const current = problem.current as RoleDetail;
      const stored = draftOf(current);
      setDraft(rebase(base.draft, draft, stored));
      setBase({ draft: stored, version: current.version });
      setStale(true);
      return true;
    }
    if (code === 'grant_exceeds_own') {
      const missing = String(problem.permission);
      setRejectedCode(missing);
      const isOwn = draft.permissions.includes(missing) || !draft.parentRoleId;
      const fieldError = isOwn
        ? { permissions: errorText(error) }
        : { parentRoleId: t('roles.parent_exceeds', { permission: missing }) };
      setFieldErrors(fieldError);
      return true;
    }
    if (code === 'role_key_taken' && errors.name) {
      setFieldErrors({ name: t('roles.name_taken') });
      return true;
    }
    if (code === 'role_cycle') {
      setFieldErrors({ parentRoleId: errorText(error) });
      return true;
    }
    const found = FIELDS.flatMap((field) => (errors[field] ? [[field, fieldErrorOf(error, field)]] : []));
    const about = Object.keys(errors).find((field) => field.startsWith('conditions'));
    setFieldErrors({ ...(about ? { permissions: fieldErrorOf(error, about) } : {}), ...Object.fromEntries(found) });
    return found.length > 0 || about !== undefined;
  }

  /** Only permissions, conditions and the parent can affect members. */
  async function confirmEffect(roleId: string): Promise<boolean> {
    if (!changed.some((field) => ['permissions', 'conditions', 'parentRoleId'].includes(field))) return true;
    const path = `${scope.resource('roles')}/${roleId}`;
    const body = toUpdate(base.draft, draft, reason.trim());
    return preview.agreed([{ method: 'PATCH', path, body, ...(base.version ? { version: base.version } : {}) }]);
  }

  async function save() {
    const wrong = typedErrors();
    setFieldErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const name = draft.name.trim();
    const roles = scope.resource('roles');
    if (role && !(await confirmEffect(role.id))) return;
    await send<RoleDetail>({
      onError,
      onDone: onSaved,
      ...(role
        ? {
            method: 'patch',
            path: `${roles}/${role.id}`,
            body: toUpdate(base.draft, draft, reason.trim()),
            done: t('roles.saved', { name }),
            ...(base.version === undefined ? {} : { version: base.version }),
          }
        : { method: 'post', path: roles, body: toCreate(draft, reason.trim()), done: t('roles.created', { name }) }),
    });
  }

  return {
    ...{ draft, set, reason, setReason, fieldErrors, rejectedCode, isStale, stored: base.draft, changed, save },
    busy: busy || preview.checking,
    dialog: preview.dialog,
  };
}

export type RoleFormState = ReturnType<typeof useRoleForm>;
