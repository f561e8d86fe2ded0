import { ClerkLoaded, ClerkProvider } from '@clerk/clerk-react';
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react';
import { goTo } from '../../core/address.ts';
import { currentLocale, type Locale } from '../../i18n/i18n.ts';
import { isAsked } from '../../providers/auth/renew.ts';
import { clerkAppearance } from './appearance.ts';
import { followSession } from './auth-provider.ts';

type ClerkMessages = NonNullable<ComponentProps<typeof ClerkProvider>['localization']>;

export interface ClerkSettings {
  publishableKey: string;
  /** The proxy path on our origin; null when the browser calls Clerk's host. */
  proxyPath: string | null;
}

let settings: ClerkSettings | undefined;

export function setUpClerk(next: ClerkSettings) {
  settings = next;
}

// English is Clerk's default, but it only switches back when given explicitly.
const messages: Record<Locale, () => Promise<ClerkMessages>> = {
  en: async () => (await import('@clerk/localizations/en-US')).enUS,
  fr: async () => ({
    ...(await import('@clerk/localizations/fr-FR')).frFR,
    // Clerk's translation lacks this one.
    formFieldInputPlaceholder__signUpPassword: 'Choisissez un mot de passe',
  }),
};

function useClerkMessages() {
  const locale = currentLocale();
  const [known, setKnown] = useState<{ locale: Locale; messages: ClerkMessages }>();
  useEffect(() => {
    messages[locale]().then((found) => currentLocale() === locale && setKnown({ locale, messages: found }));
  }, [locale]);
  return known;
}

function Following() {
  useEffect(followSession, []);
  return null;
}

/** Clerk's SDK around every page, in the console's language and colours. */
export function ClerkProviders({ children }: { children: ReactNode }) {
  const known = useClerkMessages();
  if (!known || !settings) return null;
  const { publishableKey, proxyPath } = settings;
  return (
    <ClerkProvider
      publishableKey={publishableKey}
      {...(proxyPath ? { proxyUrl: proxyPath } : {})}
      localization={known.messages}
      appearance={clerkAppearance}
      // Over a page, Clerk's steps are no pages of their own.
      routerPush={(to) => goTo(to, { replace: isAsked() })}
      routerReplace={(to) => goTo(to, { replace: true })}
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
      afterSignOutUrl="/sign-in"
      telemetry={false}
    >
      <ClerkLoaded>
        <Following />
      </ClerkLoaded>
      {children}
    </ClerkProvider>
  );
}
