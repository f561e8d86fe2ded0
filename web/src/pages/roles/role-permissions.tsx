import type { RoleDetail } from 'bff/contract';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConditionText } from '../../ui/chips/condition-text.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Section } from '../../ui/page/section.tsx';
import { PermissionGroups } from './permission-groups.tsx';

/** All permissions of a role by resource; inherited ones name their origin. */
export function RolePermissions({ role }: { role: RoleDetail }) {
  const scope = useTenantScope();
  const { permissions, isOwner } = role;
  const count = permissions.length;
  const inherited = permissions.filter((held) => held.inheritedFrom).length;
  const note = t(inherited > 0 ? 'roles.grants_inherited' : 'permissions.count', {
    count,
    inherited: inherited,
  });
  return (
    <Section
      title={t('roles.grants')}
      note={isOwner ? t('roles.grants_everything') : count > 0 ? note : undefined}
      actions={
        scope.can('access:explain') ? (
          <Link to={explainPath(scope.base, { view: 'who' })}>{t('explain.who_has_permission')}</Link>
        ) : null
      }
    >
      {count === 0 ? (
        <EmptyState
          title={t('roles.grants_nothing')}
          {...(role.isSystem ? {} : { text: t('roles.grants_nothing_text') })}
        />
      ) : null}
      <PermissionGroups permissions={permissions}>{(held) => <Granted held={held} />}</PermissionGroups>
    </Section>
  );
}

function Granted({ held }: { held: RoleDetail['permissions'][number] }) {
  const scope = useTenantScope();
  const { code, inheritedFrom, conditions, isConditional, isRetired } = held;
  return (
    <div className={inheritedFrom ? 'granted granted-inherited' : 'granted'}>
      <PermissionTag code={code} />
      <span className="muted">
        {permissionLabel(held)}
        {isRetired ? ` · ${t('roles.pick_retired')}` : null}
        {isConditional && conditions ? <ConditionText terms={conditions} /> : null}
      </span>
      {inheritedFrom ? (
        <span className="granted-from">
          {rich('roles.from', {
            role: (
              <Link className="plain-link" to={scope.to(`roles/${inheritedFrom.id}`)}>
                {roleName(inheritedFrom)}
              </Link>
            ),
          })}
        </span>
      ) : null}
    </div>
  );
}
