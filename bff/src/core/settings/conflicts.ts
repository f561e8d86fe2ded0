import { isLoopbackHost, isUnencrypted } from './hosts.ts';
import type { Settings } from './settings.ts';

/** Container runtimes read the quotes in a file of settings as part of the value; shells and `.env` do not. */
export const quoted = (settings: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(settings)
    .filter(([, value]) => /^(["']).*\1$/s.test(value ?? ''))
    .map(([name]) => `${name}: remove the quotes around the value, they count as part of it`);

/** Returns what is missing or contradictory, one line each. */
export function conflicts(settings: Settings): string[] {
  const errors: string[] = [];
  if (settings.IDENTITY_PROVIDER === 'clerk' && !settings.CLERK_JWT_KEY) {
    errors.push(
      'CLERK_JWT_KEY: required to verify session tokens when IDENTITY_PROVIDER is clerk (Clerk dashboard, API keys, JWKS public key)',
    );
  }
  if (settings.DIRECT_URL && !settings.DATABASE_URL) {
    errors.push('DIRECT_URL: requires DATABASE_URL, through which requests reach the database');
  }
  if (settings.IDENTITY_PROVIDER === 'jwt') errors.push(...jwtErrors(settings));
  if (settings.CLERK_FAPI_URL && !(settings.CLERK_PUBLISHABLE_KEY && settings.CLERK_SECRET_KEY)) {
    errors.push('CLERK_FAPI_URL: requires CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY');
  }
  const webhookSecret = settings.CLERK_WEBHOOK_SIGNING_SECRET ?? settings.CLERK_WEBHOOK_SECRET;
  if (settings.CLERK_WEBHOOK_SIGNING_SECRET_PREVIOUS && !webhookSecret) {
    errors.push('CLERK_WEBHOOK_SIGNING_SECRET_PREVIOUS: requires CLERK_WEBHOOK_SIGNING_SECRET');
  }
  if (settings.JWT_SECRET_PREVIOUS && !settings.JWT_SECRET) errors.push('JWT_SECRET_PREVIOUS: requires JWT_SECRET');
  for (const name of ['CLERK_FAPI_URL', 'CLERK_API_URL'] as const) {
    if (isUnencrypted(settings[name])) {
      errors.push(`${name}: must be https or a loopback address, because the secret key is sent to it`);
    }
  }
  if (settings.IDENTITY_PROVIDER !== 'local' && settings.SEED === 'demo') {
    errors.push('SEED: the demo needs IDENTITY_PROVIDER=local; remove SEED or set it to none');
  }
  if (!isLoopbackHost(settings.HOST) && !settings.PUBLIC_URL) {
    errors.push(
      'PUBLIC_URL: required when HOST is not a loopback address, because cookies and origins are bound to it',
    );
  }
  return errors;
}

const SECRET_ALGORITHM = /^HS(256|384|512)$/;
const KEY_PAIR_ALGORITHM = /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/;

// No defaults: a verifier that accepts too much is worse than one that does not start.
function jwtErrors(settings: Settings): string[] {
  const { JWT_JWKS_URL: url, JWT_SECRET: secret, JWT_ALGORITHMS: algorithms } = settings;
  const errors: string[] = [];
  for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'] as const) {
    if (!settings[name]) errors.push(`${name}: required when IDENTITY_PROVIDER is jwt`);
  }
  if (Boolean(url) === Boolean(secret)) errors.push('JWT_JWKS_URL, JWT_SECRET: set exactly one of them');
  const fitting = secret ? SECRET_ALGORITHM : KEY_PAIR_ALGORITHM;
  if (algorithms.length === 0 || algorithms.some((name) => !fitting.test(name))) {
    errors.push(`JWT_ALGORITHMS: required; the algorithms to accept, such as ${secret ? 'HS256' : 'RS256 or ES256'}`);
  }
  if (isUnencrypted(url)) {
    errors.push(
      'JWT_JWKS_URL: must be https, because an attacker who replaces the keys in transit can sign in as any user',
    );
  }
  return errors;
}
