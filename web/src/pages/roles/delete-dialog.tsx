import { Form, Select } from 'antd';
import type { RoleDetail } from 'bff/contract';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ActionDialog } from '../../ui/dialog/action-dialog.tsx';

type Props = { role: RoleDetail; onClose: () => void };

/** Deletes a role: names holders and child roles, asks for a replacement. */
export default function DeleteDialog({ role, onClose }: Props) {
  const scope = useTenantScope();
  const navigate = useNavigate();
  const { send } = useChange();
  const { rows = [] } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  const [remapTo, setRemapTo] = useState<string>();
  const { id, name, version, memberCount, children, parent } = role;
  const isFree = memberCount === 0 && children.length === 0;
  const isChosen = isFree || remapTo !== undefined;
  const path = `${scope.resource('roles')}/${id}`;
  const query = remapTo ? { remapTo } : {};
  return (
    <ActionDialog
      title={t('roles.delete_title', { name })}
      action={t('roles.delete_action', { name })}
      danger
      ready={isChosen}
      dirty={remapTo !== undefined}
      changes={isChosen ? [{ method: 'delete', path, version, query }] : []}
      confirmName={name}
      onConfirm={() =>
        send({
          method: 'delete',
          path: `${path}?${new URLSearchParams(query)}`,
          version,
          done: t('roles.deleted', { name }),
          onDone: () => navigate(scope.to('roles')),
        })
      }
      onClose={onClose}
    >
      {isFree ? <p>{t('roles.delete_unused', { name })}</p> : null}
      {memberCount > 0 ? <p>{t('roles.delete_members', { count: memberCount })}</p> : null}
      {children.length > 0 ? (
        <p>
          {t(parent ? 'roles.delete_children' : 'roles.delete_children_no_parent', {
            count: children.length,
            roles: formatList(children.map(roleName)),
            parent: parent ? roleName(parent) : '',
          })}
        </p>
      ) : null}
      <Form.Item label={t('roles.remap')} htmlFor="remap-to" extra={t('roles.remap_hint')}>
        <Select
          id="remap-to"
          showSearch
          allowClear={isFree}
          optionFilterProp="label"
          placeholder={t(isFree ? 'roles.remap_none' : 'roles.remap_choose')}
          value={remapTo ?? null}
          onChange={(chosen: string | null | undefined) => setRemapTo(chosen ?? undefined)}
          options={rows
            .filter((other) => other.id !== id && !other.isOwner)
            .map((other) => ({ value: other.id, label: roleName(other) }))}
        />
      </Form.Item>
    </ActionDialog>
  );
}
