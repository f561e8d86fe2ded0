import { Form, type FormInstance } from 'antd';
import type { RoleDetail } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../../core/api.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { fieldErrorText } from '../../../i18n/field-error-text.ts';
import { t } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { useRecordForm } from '../../../ui/form/use-record-form.ts';
import { bodyOf, bodyOfRole, changesBetween, emptyRole, type RoleValues, rebase, valuesOf } from './role-body.ts';

/** The form of a role: what is edited, what is stored by now, what the server rejected. */
export function useRoleForm(role: RoleDetail | undefined, onDone: (saved: RoleDetail) => void) {
  const resource = useTenantScope().resource('roles');
  // The version that the edits are made on; the page may show a newer one by now.
  const [opened] = useState(role);
  const [stored, setStored] = useState(role);
  const [rejected, setRejected] = useState<string>();
  const base = stored ? bodyOfRole(stored) : emptyRole;
  const record = useRecordForm<RoleDetail, RoleValues>({
    resource,
    ...(opened ? { id: opened.id, version: opened.version } : {}),
    initialValues: valuesOf(base),
    body: (values) => ({
      ...edited(values),
      ...(values.key ? { key: values.key } : {}),
      ...(values.reason ? { reason: values.reason } : {}),
    }),
    done: ({ name }) => t(role ? 'roles.saved' : 'roles.created', { name }),
    onDone,
    onError,
  });
  const { form } = record;
  const values = (Form.useWatch([], { form, preserve: true }) as RoleValues) ?? valuesOf(base);
  const edited = (now: RoleValues) => (role ? changesBetween(base, bodyOf(now)) : bodyOf(now));

  function onError(error: ApiError, { getFieldsValue, setFieldsValue, setFields }: FormInstance<RoleValues>): boolean {
    if (error.code === 'stale_version' && error.problem.current) {
      const current = error.problem.current as RoleDetail;
      const mine = bodyOf(getFieldsValue(true));
      setFieldsValue(valuesOf(rebase(base, mine, bodyOfRole(current))));
      setStored(current);
      return true;
    }
    const about = errorOf(error, values);
    if (!about) return false;
    setRejected(String(error.problem.permission));
    setFields([{ name: about[0], errors: [about[1]] }]);
    return true;
  }

  return { record, base, values, edits: edited(values), rejected, stored, isStale: stored !== opened };
}

/** Returns the field that an error is about, if the error itself does not name it, and what to say there. */
function errorOf(error: ApiError, { permissions, parentRoleId }: RoleValues) {
  const { code, errors, problem } = error;
  const missing = String(problem.permission);
  const text = errorText(error);
  if (code === 'grant_exceeds_own')
    return permissions.includes(missing) || !parentRoleId
      ? (['permissions', text] as const)
      : (['parentRoleId', t('roles.parent_exceeds', { permission: missing })] as const);
  if (code === 'role_cycle') return ['parentRoleId', text] as const;
  if (code === 'role_key_taken' && errors.name) return ['name', t('roles.name_taken')] as const;
  const condition = Object.keys(errors).find((field) => field.startsWith('conditions'));
  return condition ? (['permissions', fieldErrorText(errors[condition]?.message ?? '')] as const) : undefined;
}
