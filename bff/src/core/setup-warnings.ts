import type { Config } from './config.ts';
import { isUnencrypted } from './settings/hosts.ts';
import { emailKey } from './text/email-address.ts';

export interface SetupWarning {
  setting: string;
  /** What does not work, and why. */
  message: string;
  /** No user can sign in to the console, or none can administer it. */
  isBlocking: boolean;
}

/** Returns what valid settings still leave out. `pnpm start` and `pnpm doctor` print it. */
export function setupWarnings(config: Config): SetupWarning[] {
  const { identityProvider, bootstrapOwner, publicUrl, seedDemo, databaseUrl, secretKey } = config;
  const provider = { clerk: clerkWarnings, local: localWarnings, jwt: jwtWarnings }[identityProvider];
  return [
    ...provider(config),
    ...when(
      !bootstrapOwner && !seedDemo,
      'BOOTSTRAP_OWNER',
      'missing: a platform without an owner cannot be administered',
    ),
    ...when(
      Boolean(databaseUrl) && !secretKey,
      'SECRET_KEY',
      'missing: sessions and cursors are signed with the key in DATA_DIR, so that instances with another DATA_DIR refuse them',
    ),
    ...when(isUnencrypted(publicUrl), 'PUBLIC_URL', 'is http: sessions and tokens travel unencrypted'),
  ];
}

function clerkWarnings({ clerk, userProvisioning }: Config): SetupWarning[] {
  const { publishableKey, secretKey, webhookSecrets } = clerk;
  const areOfOneInstance = !publishableKey || !secretKey || isLive(publishableKey) === isLive(secretKey);
  const usersArrive = Boolean(secretKey) || userProvisioning === 'first-request';
  return [
    ...when(!publishableKey, 'CLERK_PUBLISHABLE_KEY', 'missing: the console offers no sign-in', true),
    ...when(!areOfOneInstance, 'CLERK_SECRET_KEY', 'is live and CLERK_PUBLISHABLE_KEY test, or the reverse', true),
    ...when(!secretKey, 'CLERK_SECRET_KEY', 'missing: no reconciliation with Clerk, and no roles are pushed to it'),
    ...when(
      webhookSecrets.length === 0,
      'CLERK_WEBHOOK_SIGNING_SECRET',
      `missing: changes at Clerk ${secretKey ? 'arrive only with the nightly reconciliation' : 'never arrive'}`,
      !usersArrive,
    ),
  ];
}

function localWarnings({ bootstrapOwner, seedDemo, smtpUrl }: Config): SetupWarning[] {
  if (smtpUrl || seedDemo) return [];
  const isAddress = bootstrapOwner !== null && emailKey(bootstrapOwner) !== null;
  return [
    ...when(
      isAddress,
      'BOOTSTRAP_OWNER',
      'is an address, which counts once a mail has verified it: set SMTP_URL, or name the id of a user',
      true,
    ),
    ...when(true, 'SMTP_URL', 'missing: no mail is sent to reset passwords, verify addresses and deliver invitations'),
  ];
}

const jwtWarnings = ({ jwt }: Config): SetupWarning[] =>
  when(!jwt.signInUrl, 'JWT_SIGN_IN_URL', 'missing: users sign in to the console by pasting a token');

const when = (applies: boolean, setting: string, message: string, isBlocking = false): SetupWarning[] =>
  applies ? [{ setting, message, isBlocking }] : [];

const isLive = (key: string) => /^[ps]k_live_/.test(key);
