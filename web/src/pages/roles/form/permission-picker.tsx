import './permission-picker.css';
import { Checkbox, Flex, Form } from 'antd';
import type { RoleRef, Row } from 'bff/contract';
import { useState } from 'react';
import { useFold } from '../../../core/fold.ts';
import { type ResourceGroup, useCatalogue } from '../../../features/permissions/use-catalogue.ts';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import type { PermissionCode } from '../../../providers/access/permissions.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { permissionGroup, permissionLabel } from '../../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { SearchField } from '../../../ui/form/search-field.tsx';
import { GrantConditions } from '../conditions/grant-conditions.tsx';
import { PermissionGroups } from '../permission-groups.tsx';

type Permission = Row<'permissions'>;
type Picking = {
  /** What the parent role already grants, and the role it comes from. */
  inherited: Map<string, RoleRef>;
  /** The permission that the server rejected. */
  rejected: string | undefined;
};
type Props = Picking & { id?: string; value?: string[]; onChange?: (codes: string[]) => void };
type PickProps = Picking & { chosen: string[]; onChange: (codes: string[]) => void };

/** The permissions of a role as a field of a form, by resource, with a search. */
export function PermissionPicker({ id, value: chosen = [], onChange = () => {}, ...picking }: Props) {
  const fold = useFold();
  const scope = useTenantScope();
  const { permissions, error, retry } = useCatalogue(scope.kind === 'tenant' ? 'tenant' : undefined);
  const { status } = Form.Item.useStatus();
  const [q, setQ] = useState('');
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!permissions) return <ListSkeleton rows={8} columns={2} />;
  const offered = permissions.filter(({ code, retiredAt }) => !retiredAt || chosen.includes(code));
  const found = offered.filter((permission) =>
    fold(`${permission.code} ${permissionLabel(permission)}`).includes(fold(q.trim())),
  );
  const picked = { ...picking, chosen, onChange, rejected: status === 'error' ? picking.rejected : undefined };
  return (
    <fieldset id={id} aria-label={t('roles.pick')}>
      <Flex wrap align="center" justify="space-between" gap="8px 16px">
        <SearchField value={q} label={t('roles.pick_search')} onChange={setQ} />
        <span className="muted numeric" aria-live="polite">
          {t('roles.picked', { count: chosen.length })}
        </span>
      </Flex>
      {found.length === 0 ? (
        <p className="muted">{offered.length === 0 ? t('roles.pick_empty') : t('roles.pick_none', { q: q.trim() })}</p>
      ) : null}
      <PermissionGroups permissions={found} head={(group) => <GroupBox {...group} {...picked} />}>
        {(permission) => <Pick permission={permission} {...picked} />}
      </PermissionGroups>
    </fieldset>
  );
}

/** A checkbox for all permissions of a resource that can be granted. */
function GroupBox({ resource, permissions, chosen, inherited, onChange }: PickProps & ResourceGroup<Permission>) {
  const scope = useTenantScope();
  const codes = permissions.map(({ code }) => code);
  const open = codes.filter((code) => !inherited.has(code) && scope.can(code as PermissionCode));
  const isChosen = (code: string) => chosen.includes(code);
  const all = open.length > 0 && open.every(isChosen);
  const rest = chosen.filter((code) => !open.includes(code));
  return (
    <Checkbox
      checked={all}
      indeterminate={!all && open.some(isChosen)}
      disabled={open.length === 0}
      aria-label={t('roles.pick_all', { resource: permissionGroup(resource) })}
      onChange={() => onChange(all ? rest : [...rest, ...open])}
    >
      <span translate="no">{permissionGroup(resource)}</span>
      <span className="permission-about numeric">
        {t('roles.pick_of', {
          n: codes.filter((code) => isChosen(code) || inherited.has(code)).length,
          total: codes.length,
        })}
      </span>
    </Checkbox>
  );
}

function Pick({ permission, chosen, inherited, rejected, onChange }: PickProps & { permission: Permission }) {
  const { code, retiredAt } = permission;
  const canGrant = useTenantScope().can(code as PermissionCode);
  const from = inherited.get(code);
  const isChosen = chosen.includes(code);
  const warning = [!from && !canGrant ? t('roles.pick_not_held') : '', retiredAt ? t('roles.pick_retired') : ''];
  return (
    <div className={rejected === code ? 'pick pick-rejected' : 'pick'}>
      <Checkbox
        checked={isChosen || from !== undefined}
        // Inherited permissions cannot be removed here; permissions the user lacks cannot be added.
        disabled={!isChosen && (from !== undefined || !canGrant)}
        aria-label={code}
        aria-invalid={rejected === code}
        onChange={() => onChange(isChosen ? chosen.filter((each) => each !== code) : [...chosen, code])}
      >
        <PermissionTag code={code} />
        <span className="permission-about">
          {permissionLabel(permission)}
          {from ? ` · ${t('roles.pick_inherited', { role: roleName(from) })}` : ''}
          <em> {warning.filter(Boolean).join(' · ')}</em>
        </span>
      </Checkbox>
      {isChosen ? <GrantConditions code={code} canChange={canGrant && !retiredAt} /> : null}
    </div>
  );
}
