import { SignIn, SignUp } from '@clerk/clerk-react';
import { signInPath } from '../../core/address.ts';
import { localPath } from '../../core/local-path.ts';
import { t } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { Frame, SignInFrame } from '../frame.tsx';
import { clerkDialogAppearance, clerkPageAppearance } from './appearance.ts';

type Props = { to: string | null };

/** Prefills the e-mail address of an invitation. */
function invited() {
  const emailAddress = new URLSearchParams(location.search).get('email');
  return emailAddress ? { initialValues: { emailAddress } } : {};
}

/** Clerk's form in our frame; redirects to the requested page. */
export function SignInAtClerk({ to }: Props) {
  return (
    <SignInFrame>
      <SignIn
        routing="hash"
        appearance={clerkPageAppearance}
        signUpUrl={signInPath(to, '/sign-up')}
        forceRedirectUrl={localPath(to)}
        {...invited()}
      />
    </SignInFrame>
  );
}

export function SignUpAtClerk({ to }: Props) {
  return (
    <Frame title={t('entry.sign_up_title')}>
      <SignUp
        routing="hash"
        appearance={clerkPageAppearance}
        signInUrl={signInPath(to)}
        forceRedirectUrl={localPath(to)}
        {...invited()}
      />
    </Frame>
  );
}

/** Clerk's form over a page, which other providers' sign-in must not leave. */
export function RenewAtClerk() {
  const { email } = useMe().user;
  return (
    <SignIn
      routing="hash"
      appearance={clerkDialogAppearance}
      oauthFlow="popup"
      withSignUp={false}
      forceRedirectUrl={localPath(location.pathname + location.search)}
      {...(email ? { initialValues: { emailAddress: email } } : {})}
    />
  );
}
