import type { UserDetail } from 'bff/contract';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { memberStatus, tenantStatus } from '../../ui/chips/status-labels.ts';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { When } from '../../ui/chips/when.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Section } from '../../ui/page/section.tsx';

type Membership = UserDetail['memberships'][number];

/** All memberships of a user with their roles, ended ones last. */
export function UserMemberships({ user: { id, memberships, deletedAt } }: { user: UserDetail }) {
  const { t } = useI18n();
  const ordered = [
    ...memberships.filter((each) => each.status !== 'left'),
    ...memberships.filter((each) => each.status === 'left'),
  ];
  return (
    <Section title={t('users.memberships')}>
      {ordered.length === 0 ? (
        <EmptyState
          title={t('users.memberships_none')}
          {...(deletedAt ? {} : { text: t('users.memberships_none_text') })}
        />
      ) : null}
      <ul className="user-memberships">
        {ordered.map((membership) => (
          <MembershipRow key={membership.id} userId={id} membership={membership} />
        ))}
      </ul>
    </Section>
  );
}

function MembershipRow({ userId, membership }: { userId: string; membership: Membership }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { id, tenant, status, roles, createdAt } = membership;
  const paths = usePaths(tenant);
  const to = paths.target('member', id);
  const name = <TenantName id={tenant.id} name={tenant.kind === 'platform' ? t('shell.platform') : tenant.name} />;
  return (
    <li>
      <span className="user-membership-tenant">
        {to ? <Link to={to}>{name}</Link> : name}
        {tenant.status === 'active' || tenant.status === 'trialing' ? null : (
          <StatusDot tone={tenantStatus[tenant.status].tone}>{t(tenantStatus[tenant.status].label)}</StatusDot>
        )}
      </span>
      <span className="user-membership-roles">
        {roles.map((role) => (
          <RoleChip key={role.id} role={role} to={paths.target('role', role.id)} />
        ))}
        {roles.length === 0 && status !== 'left' ? <span className="muted">{t('role.none')}</span> : null}
      </span>
      <span className="user-membership-state">
        {status === 'active' ? null : (
          <StatusDot tone={memberStatus[status].tone}>{t(memberStatus[status].label)}</StatusDot>
        )}
        <span className="muted">{rich('users.joined', { when: <When at={createdAt} /> })}</span>
        {scope.can('access:explain') ? (
          <Link to={explainPath(scope.base, { userId, tenant: tenant.id })}>{t('explain.check')}</Link>
        ) : null}
      </span>
    </li>
  );
}
