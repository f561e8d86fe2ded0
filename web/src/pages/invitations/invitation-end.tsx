import type { Invitation } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { When } from '../../ui/chips/when.tsx';

/** How an invitation ended, or when it expires. */
export function InvitationEnd({ invitation }: { invitation: Invitation }) {
  const { t, rich } = useI18n();
  const { status, expiresAt, acceptedAt, revokedAt, deliveryStatus } = invitation;
  if (status === 'pending' && deliveryStatus === 'failed') return t('invitations.undelivered');
  if (status === 'pending') return rich('invitations.expires_when', { when: <When at={expiresAt} /> });
  const at = { accepted: acceptedAt, revoked: revokedAt, expired: expiresAt }[status];
  return at ? <When at={at} /> : null;
}
