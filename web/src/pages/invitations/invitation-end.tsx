import type { Invitation } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { Ending } from '../../ui/chips/ending.tsx';
import { When } from '../../ui/chips/when.tsx';

/** How an invitation ended, or when it expires. */
export function InvitationEnd({ invitation }: { invitation: Invitation }) {
  const { t } = useI18n();
  const { status, expiresAt, acceptedAt, revokedAt, deliveryStatus } = invitation;
  if (status === 'pending' && deliveryStatus === 'failed') return t('invitations.undelivered');
  if (status === 'pending') return <Ending at={expiresAt} label="invitations.expires_when" />;
  const at = { accepted: acceptedAt, revoked: revokedAt, expired: expiresAt }[status];
  return at ? <When at={at} /> : null;
}
