import { isTenantUsable, type UserDetail } from 'bff/contract';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { memberStatus, tenantStatus } from '../../ui/chips/status-labels.ts';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { Avatar } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { When } from '../../ui/chips/when.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { Section } from '../../ui/page/section.tsx';
import { AppRole } from './app-role.tsx';
import { UserStatus } from './user-status.tsx';

/** A user: profile, memberships with roles, and audit timelines. */
export default function UserPage() {
  const found = useRecord<UserDetail>();
  const name = found.record?.deletedAt ? t('users.deleted_name') : userName(found.record ?? {});
  return (
    <Loaded found={found}>
      {(user) => (
        <RecordPage
          title={name}
          lead={user.deletedAt ? user.id : (user.email ?? t('user.no_email'))}
          mark={<Avatar id={user.id} name={name} imageUrl={user.imageUrl} size="large" />}
          details={<UserDetails user={user} />}
        >
          {user.deletedAt ? <Note>{t('users.deleted_note')}</Note> : null}
          <AppRole user={user} name={name} />
          <UserMemberships user={user} />
          <AuditTimeline
            title={t('users.history')}
            filter={{ subjectId: user.id }}
            limit={8}
            everywhere
            empty={t('users.history_none')}
          />
          <AuditTimeline
            title={t('users.activity')}
            filter={{ actorId: user.id }}
            limit={8}
            everywhere
            empty={t('users.activity_none')}
          />
        </RecordPage>
      )}
    </Loaded>
  );
}

function UserDetails({ user }: { user: UserDetail }) {
  const scope = useTenantScope();
  const info = useSessionInfo();
  const provider = info?.identityProvider;
  const { id, email, lastSignInAt, deletedAt } = user;
  return (
    <>
      <Details
        rows={{
          [t('status.label')]: <UserStatus user={user} />,
          [t('users.email')]: email && (
            <>
              {email}
              <span className="second">{t(user.emailVerified ? 'users.verified' : 'users.unverified')}</span>
            </>
          ),
          // A JWT issuer does not report sign-ins.
          [t('users.last_sign_in')]: lastSignInAt ? (
            <When at={lastSignInAt} />
          ) : provider === 'jwt' ? null : (
            t('users.never')
          ),
          [t('users.since')]: <When at={user.createdAt} />,
          [t('users.deleted_at')]: deletedAt && <When at={deletedAt} />,
          [t('users.id')]: <code translate="no">{id}</code>,
        }}
        links={{
          [t('sync.of_user')]:
            info?.hasDirectory &&
            scope.can('sync:read') &&
            scope.to(`sync/events?${new URLSearchParams({ objectId: id })}`),
        }}
      />
      {provider && !deletedAt ? <p className="details-more second">{t(`users.profile_owner_${provider}`)}</p> : null}
    </>
  );
}

type Membership = UserDetail['memberships'][number];

/** All memberships of a user with their roles, ended ones last. */
function UserMemberships({ user: { id, memberships, deletedAt } }: { user: UserDetail }) {
  const ordered = memberships.toSorted((one, other) => Number(one.status === 'left') - Number(other.status === 'left'));
  return (
    <Section title={t('users.memberships')}>
      {ordered.length === 0 ? (
        <EmptyState
          title={t('users.memberships_none')}
          {...(deletedAt ? {} : { text: t('users.memberships_none_text') })}
        />
      ) : null}
      <ul className="section-grid">
        {ordered.map((membership) => (
          <MembershipRow key={membership.id} userId={id} membership={membership} />
        ))}
      </ul>
    </Section>
  );
}

function MembershipRow({ userId, membership }: { userId: string; membership: Membership }) {
  const scope = useTenantScope();
  const { tenant, status, roles } = membership;
  const paths = usePaths(tenant);
  const to = paths.target('member', membership.id);
  const name = <TenantName id={tenant.id} name={tenant.name} />;
  return (
    <li>
      <span className="row wrap">
        {to ? <Link to={to}>{name}</Link> : name}
        {isTenantUsable(tenant.status) ? null : <Status {...tenantStatus[tenant.status]} />}
      </span>
      <span className="row wrap">
        {roles.map((role) => (
          <RoleChip key={role.id} role={role} to={paths.target('role', role.id)} />
        ))}
        {roles.length === 0 && status !== 'left' ? <span className="muted">{t('role.none')}</span> : null}
      </span>
      <span className="muted">
        {status === 'active' ? null : <Status {...memberStatus[status]} />}{' '}
        {rich('users.joined', { when: <When at={membership.createdAt} /> })}
      </span>
      {scope.can('access:explain') ? (
        <Link to={explainPath(scope.base, { userId, tenant: tenant.id })}>{t('explain.check')}</Link>
      ) : null}
    </li>
  );
}
