import { Fragment, useEffect, useState } from 'react';
import { goTo, signInPath, useAddress } from './core/address.ts';
import { ApiError } from './core/api.ts';
import { type Failed, lazyWith } from './core/lazy.tsx';
import { loadMessages, t, useLocale } from './i18n/i18n.ts';
import { identity } from './providers/auth/identity.ts';
import { isSessionLikely } from './providers/auth/likely-session.ts';
import { loadMe, useOptionalMe } from './providers/auth/session.ts';
import { readSessionInfo } from './providers/auth/session-info.ts';
import { Splash, Unavailable } from './sign-in/frame.tsx';
import { SignIn } from './sign-in/local/sign-in.tsx';

const lazy = lazyWith(NotLoaded, <Splash />);
const withMessages = <T,>(area: 'onboarding' | 'app', module: Promise<T>) =>
  Promise.all([module, loadMessages(area)]).then(([loaded]) => loaded);
const fetchApp = () => withMessages('app', import('./app.tsx'));
const App = lazy(fetchApp);
const SignUp = lazy(() => withMessages('onboarding', import('./sign-in/local/sign-up.tsx')));
const AcceptInvitation = lazy(() => withMessages('onboarding', import('./sign-in/invitation/accept-invitation.tsx')));
const AccountNotReady = lazy(() => withMessages('onboarding', import('./sign-in/onboarding/account-not-ready.tsx')));

/** Loads the console while the user types, or before the server confirms a likely session. */
const prefetchApp = () => void fetchApp().catch(() => undefined);

const INVITATION = /^\/invitations\/([^/?]+)/;
const BEFORE_CONSOLE = /^\/(sign-in|sign-up|invitations)(\/|$)/;

/** `identityChosen`: until then it is unknown how requests are authenticated. */
export async function prefetchLikelyApp(identityChosen: Promise<void>) {
  if (BEFORE_CONSOLE.test(location.pathname)) return;
  if (!isSessionLikely() && !(await readSessionInfo()).hasSession) return;
  prefetchApp();
  await identityChosen;
  await loadMe();
}

/** Sign-in, sign-up and invitations stay light (no antd, no Refine); every other path is the console. */
export function Entry() {
  useLocale();
  const { Providers = Fragment } = identity();
  return (
    <Providers>
      <Screen />
    </Providers>
  );
}

function Screen() {
  const address = useAddress();
  // Not relative: a path that starts with two slashes would be a host.
  const url = new URL(location.origin + address);
  const to = url.searchParams.get('to');
  const { pages } = identity();
  if (pages && url.pathname === '/sign-in') return <pages.SignIn key={url.pathname} to={to} />;
  if (pages && url.pathname === '/sign-up') return <pages.SignUp key={url.pathname} to={to} />;
  if (url.pathname === '/sign-in') return <SignIn key={address} to={to} onTyping={prefetchApp} />;
  if (url.pathname === '/sign-up') return <SignUp key={address} to={to} onTyping={prefetchApp} />;
  const token = INVITATION.exec(url.pathname)?.[1];
  if (token) return <AcceptInvitation token={token} onRead={prefetchApp} />;
  return <SignedIn />;
}

function SignedIn() {
  const me = useOptionalMe();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` triggers another request.
  useEffect(() => {
    if (me) return;
    let isOver = false;
    loadMe().then(
      () => setFailure(undefined),
      (error) => {
        if (isOver) return;
        const signedOut = error instanceof ApiError && error.statusCode === 401;
        // With a session at the provider, its sign-in page would redirect straight back.
        if (!signedOut || identity().hasSession?.()) setFailure(error);
        else goTo(signInPath(location.pathname + location.search), { replace: true });
      },
    );
    return () => {
      isOver = true;
    };
  }, [me, attempt]);
  if (me) return <App key={me.user.id} />;
  if (failure === undefined) return <Splash />;
  return <AccountNotReady error={failure} onRetry={() => setAttempt(attempt + 1)} />;
}

function NotLoaded({ onRetry }: Failed) {
  return <Unavailable reason={t('error.offline')} onRetry={onRetry} />;
}
