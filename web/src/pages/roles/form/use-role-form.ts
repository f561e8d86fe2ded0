import { Form, type FormInstance } from 'antd';
import type { RoleDetail } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../../core/api.ts';
import { errorText } from '../../../i18n/error-text.ts';
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
    body: (values) => ({ ...edited(values), ...(values.key ? { key: values.key } : {}) }),
    fieldOf: { role_cycle: 'parentRoleId', conditions: 'permissions' },
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
    if (error.code === 'role_key_taken' && error.errors.name) {
      setFields([{ name: 'name', errors: [t('roles.name_taken')] }]);
      return true;
    }
    if (error.code !== 'grant_exceeds_own') return false;
    const missing = String(error.problem.permission);
    const isOfParent = !values.permissions.includes(missing) && values.parentRoleId;
    setRejected(missing);
    setFields([
      isOfParent
        ? { name: 'parentRoleId', errors: [t('roles.parent_exceeds', { permission: missing })] }
        : { name: 'permissions', errors: [errorText(error)] },
    ]);
    return true;
  }

  return { record, base, values, edits: edited(values), rejected, stored, isStale: stored !== opened };
}
