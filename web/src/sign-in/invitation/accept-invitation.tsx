import type { InvitationByToken } from 'bff/contract';
import { useEffect, useState } from 'react';
import { goTo, tenantPath } from '../../core/address.ts';
import { ApiError, request } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { formatList, longDate } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { roleName } from '../../i18n/role-name.ts';
import { clearMe, currentMe, loadMe } from '../../providers/auth/session.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { Frame, Splash, Unavailable } from '../frame.tsx';
import AccountNotReady, { isNotProvisioned } from '../onboarding/account-not-ready.tsx';
import { AcceptForm } from './accept-form.tsx';

type Found = { invitation: InvitationByToken; signedInAs: string | null };

async function look(token: string): Promise<Found> {
  const [invitation, me] = await Promise.all([
    request<InvitationByToken>('GET', `/api/invitations/${encodeURIComponent(token)}`),
    loadMe().catch((error) => {
      if (isNotProvisioned(error)) throw error;
    }),
  ]);
  return { invitation, signedInAs: me ? (me.user.email ?? me.user.name) : null };
}

const isClosed = (error: unknown): error is ApiError =>
  error instanceof ApiError && [404, 409, 410, 422].includes(error.statusCode);

/** Used, expired, revoked and unknown links look the same, as the server does not distinguish them. */
function InvitationClosed() {
  return (
    <Frame title={t('invite.closed_title')} lead={t('invite.closed_text')}>
      <p className="entry-aside">
        <a href="/">{t('invite.to_console')}</a>
      </p>
    </Frame>
  );
}

/** Shows an invitation and the step left to accept it. */
export default function AcceptInvitation({ token, onRead }: { token: string; onRead: () => void }) {
  const provider = useSessionInfo()?.identityProvider;
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` triggers another request.
  useEffect(() => {
    look(token).then((read) => {
      setFailure(undefined);
      setFound(read);
    }, setFailure);
    onRead();
  }, [token, attempt]);

  if (isNotProvisioned(failure)) return <AccountNotReady error={failure} onRetry={() => setAttempt(attempt + 1)} />;
  if (isClosed(failure)) return <InvitationClosed />;
  if (failure !== undefined) return <Unavailable reason={errorText(failure)} onRetry={() => location.reload()} />;
  if (!found) return <Splash />;
  const { invitation, signedInAs } = found;
  const { tenant, email, inviterName, roles, expiresAt } = invitation;

  async function accept() {
    const path = `/api/invitations/${encodeURIComponent(token)}/accept`;
    const { tenantSlug } = await request<{ tenantSlug: string }>('POST', path, { body: {} });
    clearMe();
    goTo(`${tenantPath(tenantSlug)}/home`, { replace: true });
  }

  /** Returns the message of an error, which is shown on this page. */
  async function tryAccept(): Promise<string | undefined> {
    try {
      await accept();
    } catch (error) {
      if (isClosed(error) && error.statusCode !== 422) setFailure(error);
      else if (currentMe() === undefined) setAttempt(attempt + 1);
      const isUnverified = error instanceof ApiError && error.code === 'email_not_verified';
      return isUnverified && provider !== 'local' ? t('invite.not_verified_at_provider', { email }) : errorText(error);
    }
  }

  const lead = inviterName
    ? rich('invite.from', { inviter: inviterName, email, tenant: tenant.name })
    : rich('invite.from_unknown', { email, tenant: tenant.name });
  return (
    <Frame title={t('invite.title', { tenant: tenant.name })} lead={lead}>
      <dl className="entry-details">
        <dt>{t('invite.role_label')}</dt>
        <dd>{formatList(roles.map(roleName))}</dd>
        <dt>{t('invite.expires')}</dt>
        <dd>{longDate(expiresAt)}</dd>
      </dl>
      <AcceptForm token={token} invitation={invitation} signedInAs={signedInAs} onAccept={tryAccept} />
    </Frame>
  );
}
