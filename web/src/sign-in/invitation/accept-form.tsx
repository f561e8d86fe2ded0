import { type InvitationByToken, isSameEmail } from 'bff/contract';
import { useState } from 'react';
import { goTo } from '../../core/address.ts';
import { t } from '../../i18n/i18n.ts';
import { currentAuth } from '../../providers/auth/auth-provider.ts';
import { identity } from '../../providers/auth/identity.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { EntryButton, FormError, useSubmit } from '../fields.tsx';
import { CheckInbox } from '../local/check-inbox.tsx';
import { CredentialsForm } from '../local/credentials-form.tsx';

type Props = {
  /** The token of the invitation. */
  token: string;
  invitation: InvitationByToken;
  signedInAs: string | null;
  /** Resolves to the error message, if any. */
  onAccept: () => Promise<string | undefined>;
};

export function AcceptForm({ signedInAs, ...props }: Props) {
  const { email } = props.invitation;
  if (signedInAs === null) return identity().pages ? <ProviderSignIn email={email} /> : <NewcomerForm {...props} />;
  return isSameEmail(signedInAs, email) ? (
    <JoinButton {...props} signedInAs={signedInAs} />
  ) : (
    <OtherAccount current={signedInAs} email={email} />
  );
}

function JoinButton({ invitation, signedInAs, onAccept }: Omit<Props, 'token'>) {
  const { busy, failure, submit } = useSubmit(onAccept);
  return (
    <div className="entry-form">
      <FormError>{failure}</FormError>
      <EntryButton disabled={busy} onClick={submit}>
        {busy ? t('invite.joining') : t('invite.join', { tenant: invitation.tenant.name })}
      </EntryButton>
      <p className="entry-aside">{t('invite.signed_in_as', { email: signedInAs ?? '' })}</p>
    </div>
  );
}

function OtherAccount({ current, email }: { current: string; email: string }) {
  const { failure, submit } = useSubmit(async () => {
    const { success, error } = await currentAuth().logout({ stay: true });
    if (success) location.reload();
    return error?.message;
  });
  return (
    <div className="entry-form">
      <p className="entry-note">{t('invite.other_account', { current, email })}</p>
      <FormError>{failure}</FormError>
      <EntryButton onClick={submit}>{t('entry.sign_out')}</EntryButton>
    </div>
  );
}

/** Links to the provider's own pages, which redirect back here to accept. */
function ProviderSignIn({ email }: { email: string }) {
  const hasSignUp = useSessionInfo()?.identityProvider !== 'jwt';
  const query = new URLSearchParams({ to: location.pathname, email });
  return (
    <div className="entry-form">
      {hasSignUp ? <EntryButton onClick={() => goTo(`/sign-up?${query}`)}>{t('entry.sign_up')}</EntryButton> : null}
      <EntryButton plain={hasSignUp} onClick={() => goTo(`/sign-in?${query}`)}>
        {hasSignUp ? t('invite.have_account') : t('entry.sign_in')}
      </EntryButton>
    </div>
  );
}

/** Offers both sign-up and sign-in: choosing one would reveal whether the account exists. The token allows sign-up wherever it is closed. */
function NewcomerForm({ token, invitation, onAccept }: Omit<Props, 'signedInAs'>) {
  const [shown, setShown] = useState<'up' | 'in'>('up');
  const [failure, setFailure] = useState<string>();
  const [sentTo, setSentTo] = useState<string>();
  return (
    <>
      <fieldset className="entry-toggle">
        {(['up', 'in'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={each === shown} onClick={() => setShown(each)}>
            {each === 'up' ? t('invite.create_account') : t('invite.have_account')}
          </button>
        ))}
      </fieldset>
      {shown === 'up' && sentTo !== undefined ? (
        <CheckInbox email={sentTo} />
      ) : (
        <CredentialsForm
          key={shown}
          mode={shown}
          to={location.pathname}
          invitation={token}
          fixedEmail={invitation.email}
          idle={shown === 'up' ? t('invite.create_and_join') : t('invite.sign_in_and_join')}
          working={t('invite.joining')}
          onDone={async () => setFailure(await onAccept())}
          onCheckInbox={setSentTo}
        >
          <FormError>{failure}</FormError>
        </CredentialsForm>
      )}
    </>
  );
}
