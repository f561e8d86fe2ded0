import { useOne } from '@refinedev/core';
import { Checkbox, Form, Input, Select } from 'antd';
import { lineage, type RoleDetail, type Row, roleKeyOfFolded } from 'bff/contract';
import { useNavigate } from 'react-router';
import { useFold } from '../../../core/fold.ts';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../../ui/dialog/action-dialog.tsx';
import { StaleSave } from '../../../ui/form/stale-save.tsx';
import { PermissionPicker } from './permission-picker.tsx';
import { isComplete, type RoleBody, withRoleNames } from './role-body.ts';
import { useRoleForm } from './use-role-form.ts';

const AFFECTING = ['permissions', 'conditions', 'parentRoleId'] as const satisfies (keyof RoleBody)[];
type Props = { role?: RoleDetail; onClose: () => void };

/** Creates or edits a role; who gains or loses what stands beside the edits. */
export default function RoleDialog({ role, onClose }: Props) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const resource = scope.resource('roles');
  const { rows: roles = [] } = useRows<'roles'>(resource, { sort: 'name', limit: 100 });
  const { record, base, values, edits, rejected, stored, isStale } = useRoleForm(role, ({ id }) => {
    onClose();
    if (!role) navigate(scope.to(`roles/${id}`));
  });
  const { result: parent } = useOne<RoleDetail>({
    resource,
    id: values.parentRoleId ?? '',
    queryOptions: { enabled: Boolean(values.parentRoleId) },
  });
  const changed = Object.keys(edits);
  const body = Object.fromEntries(AFFECTING.flatMap((field) => (field in edits ? [[field, edits[field]]] : [])));
  const isAffecting = isComplete(values) && Object.keys(body).length > 0;
  const inherited = new Map(parent?.permissions.map(({ code, inheritedFrom }) => [code, inheritedFrom ?? parent]));
  const tenant = scope.kind === 'platform' ? t('shell.platform') : scope.name;
  return (
    <ActionDialog
      title={role ? t('roles.edit_title', { name: roleName(role) }) : t('roles.create_in', { tenant })}
      action={t(!role ? 'roles.create' : isStale ? 'form.save_your_version' : 'roles.save')}
      form={record}
      reason
      ready={isComplete(values) && (!role || changed.length > 0)}
      width={role ? 1120 : 760}
      onClose={onClose}
      {...(role && stored
        ? {
            confirmName: roleName(role),
            changes: isAffecting
              ? [{ method: 'patch', path: `${resource}/${role.id}`, body, version: stored.version }]
              : [],
          }
        : {})}
    >
      {isStale ? (
        <StaleSave
          stored={withRoleNames(base, changed, roles)}
          yours={withRoleNames({ ...base, ...edits }, changed, roles)}
        />
      ) : null}
      <NameFields isNew={!role} name={values.name} />
      <Form.Item name="parentRoleId" label={t('roles.parent')} extra={t('roles.parent_hint')}>
        <Select
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder={t('roles.parent_none')}
          options={possibleParents(roles, role).map((each) => ({ value: each.id, label: roleName(each) }))}
        />
      </Form.Item>
      <Form.Item name="permissions" label={t('roles.pick')}>
        <PermissionPicker inherited={inherited} rejected={rejected} />
      </Form.Item>
      <Form.Item name="isDefault" valuePropName="checked" extra={t('roles.is_default_hint')}>
        <Checkbox>{t('roles.is_default')}</Checkbox>
      </Form.Item>
      <Form.Item name="isSelfAssignable" valuePropName="checked" extra={t('roles.is_self_assignable_hint')}>
        <Checkbox>{t('roles.is_self_assignable')}</Checkbox>
      </Form.Item>
    </ActionDialog>
  );
}

/** A role can inherit neither from itself nor from its descendants. */
function possibleParents(roles: Row<'roles'>[], role: RoleDetail | undefined) {
  const byId = new Map(roles.map((each) => [each.id, each]));
  const inherits = (each: Row<'roles'>) =>
    [...lineage(each, ({ parent }) => byId.get(parent?.id ?? ''))].some(({ id }) => id === role?.id);
  return roles.filter((each) => !each.isOwner && !inherits(each));
}

function NameFields({ isNew, name }: { isNew: boolean; name: string }) {
  const fold = useFold();
  return (
    <>
      <Form.Item
        name="name"
        label={t('roles.name')}
        rules={[{ required: true, whitespace: true, message: t('roles.name_missing') }]}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      {isNew ? (
        <Form.Item
          name="key"
          label={t('roles.key')}
          extra={t('roles.key_hint')}
          rules={[{ pattern: /^[a-z][a-z0-9-]{0,62}$/, message: t('roles.key_invalid') }]}
        >
          <Input placeholder={roleKeyOfFolded(fold(name))} maxLength={63} autoComplete="off" spellCheck={false} />
        </Form.Item>
      ) : null}
      <Form.Item name="description" label={t('roles.description')} extra={t('roles.description_hint')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </>
  );
}
