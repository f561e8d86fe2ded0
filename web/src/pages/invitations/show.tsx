import type { Invitation } from 'bff/contract';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { invitationStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ActionButton } from '../../ui/form/action-button.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { Section } from '../../ui/page/section.tsx';

export default function InvitationPage() {
  return (
    <Loaded found={useRecord<Invitation>()}>{(invitation) => <InvitationDetail invitation={invitation} />}</Loaded>
  );
}

function InvitationDetail({ invitation }: { invitation: Invitation }) {
  const scope = useTenantScope();
  const canReadRoles = scope.can('roles:read');
  return (
    <RecordPage
      title={invitation.email}
      lead={t('invitations.to', { tenant: scope.name })}
      secondary={invitation.status === 'pending' ? <RevokeButton invitation={invitation} /> : null}
      details={<InvitationDetails invitation={invitation} />}
    >
      <Section title={t('invitations.roles')} note={t('invitations.roles_note')}>
        <p className="row wrap">
          {invitation.roles.map((role) => (
            <RoleChip key={role.id} role={role} to={canReadRoles ? scope.to(`roles/${role.id}`) : undefined} />
          ))}
        </p>
      </Section>
      <AuditTimeline title={t('members.timeline')} filter={{ targetId: invitation.id }} />
    </RecordPage>
  );
}

const delivery: Record<Invitation['deliveryStatus'], MessageKey> = {
  'not-configured': 'invitations.delivery_none',
  queued: 'invitations.delivery_queued',
  sent: 'invitations.delivery_sent',
  failed: 'invitations.delivery_failed',
};

function InvitationDetails({ invitation }: { invitation: Invitation }) {
  const scope = useTenantScope();
  const paths = usePaths({ id: scope.tenantId, slug: scope.slug });
  const { status, invitedBy, acceptedBy, createdAt, expiresAt, acceptedAt, revokedAt, deliveryStatus, deliveryError } =
    invitation;
  const userLink = (user: NonNullable<Invitation['invitedBy']>) => (
    <UserChip user={user} to={paths.user(user.id)} size="small" nameOnly />
  );
  return (
    <Details
      rows={{
        [t('status.label')]: <Status {...invitationStatus[status]} />,
        [t('invitations.invited_by')]: invitedBy ? userLink(invitedBy) : t('audit.by_provider'),
        [t('invitations.invited')]: <When at={createdAt} />,
        [t('invitations.expires')]: <When at={expiresAt} />,
        [t('invitations.accepted_by')]: acceptedBy && userLink(acceptedBy),
        [t('invitations.accepted_at')]: acceptedAt && <When at={acceptedAt} />,
        [t('invitations.revoked_at')]: revokedAt && <When at={revokedAt} />,
        [t('invitations.delivery')]: t(delivery[deliveryStatus]),
        [t('invitations.delivery_error')]: deliveryError,
      }}
    />
  );
}

function RevokeButton({ invitation }: { invitation: Invitation }) {
  const scope = useTenantScope();
  const params = { email: invitation.email };
  return (
    <ActionButton
      permission="invitations:revoke"
      danger
      label={t('invitations.revoke_short')}
      title={t('invitations.revoke', params)}
      action={t('invitations.revoke_short')}
      change={() => ({
        method: 'post',
        path: `${scope.resource('invitations')}/${invitation.id}/revoke`,
        version: invitation.version,
        done: t('invitations.revoked', params),
      })}
    >
      {t('invitations.revoke_text', params)}
    </ActionButton>
  );
}
