import type { RoleDetail } from 'bff/contract';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { byResource } from '../../features/permissions/use-catalogue.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ConditionText } from '../../ui/chips/condition-text.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Section } from '../../ui/page/section.tsx';

/** All permissions of a role by resource; inherited ones name their origin. */
export function RolePermissions({ role }: { role: RoleDetail }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const canExplain = scope.can('access:explain');
  const { permissions, isOwner } = role;
  const inherited = permissions.filter((held) => held.inheritedFrom).length;
  const numbers = { count: permissions.length, n: wholeNumber(permissions.length) };
  const many =
    inherited > 0
      ? t('roles.grants_inherited', { ...numbers, inherited: wholeNumber(inherited) })
      : t('roles.grants_n', numbers);
  return (
    <Section
      title={t('roles.grants')}
      note={isOwner ? t('roles.grants_everything') : permissions.length > 0 ? many : undefined}
    >
      {permissions.length === 0 ? (
        <EmptyState
          title={t('roles.grants_nothing')}
          {...(role.isSystem ? {} : { text: t('roles.grants_nothing_text') })}
        />
      ) : null}
      <dl>
        {byResource(permissions).map((group) => (
          <div key={group.resource} className="allowed-group">
            <dt translate="no">{group.resource}</dt>
            <dd>
              <ul>
                {group.permissions.map(({ code, description, inheritedFrom, conditions, isConditional, isRetired }) => (
                  <li key={code} className={inheritedFrom ? 'allowed-inherited' : undefined}>
                    <PermissionTag code={code} />
                    <span className="allowed-text">{permissionLabel({ code, description })}</span>
                    {inheritedFrom ? (
                      <span className="allowed-origin">
                        {rich('roles.from', {
                          role: <Link to={scope.to(`roles/${inheritedFrom.id}`)}>{inheritedFrom.name}</Link>,
                        })}
                      </span>
                    ) : null}
                    {isRetired ? <span className="allowed-origin">{t('roles.pick_retired')}</span> : null}
                    {canExplain && !isRetired ? (
                      <Link className="allowed-who" to={explainPath(scope.base, { permission: code, view: 'who' })}>
                        {t('explain.who_has')}
                      </Link>
                    ) : null}
                    {isConditional && conditions ? <ConditionText terms={conditions} /> : null}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
