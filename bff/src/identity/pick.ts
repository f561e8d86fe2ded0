import type { Logger } from 'pino';
import type { Config } from '../core/config.ts';
import type { AccountListener, IdentityProvider } from '../core/identity-provider.ts';
import type { RateLimits } from '../core/limits/rate-limits.ts';
import type { SigningKeys } from '../core/secrets.ts';
import type { Database, Mailer, TenantQueue } from '../core/services.ts';
import { createClerkProvider } from './clerk/provider.ts';
import { createJwtProvider } from './jwt/provider.ts';
import type { Passwords } from './local/passwords/passwords.ts';
import { createLocalProvider } from './local/provider.ts';

export interface IdentityOptions {
  config: Config;
  db: Pick<Database, 'authPool'>;
  log: Logger;
  mailer: Mailer;
  /** Sign and verify the session cookies of the local provider. */
  keys: SigningKeys;
  /** The origins of our own pages; the first is used in links. */
  publicOrigins: () => readonly string[];
  onAccount: AccountListener;
  /** Returns the key of the address that an open invitation is for, or null. */
  invitedEmailKey: (token: string) => Promise<string | null>;
  /** For the sign-ins and mails of the local provider. */
  rateLimits: RateLimits;
  /** Hash and verify those of the local provider. */
  passwords: Passwords;
  /** Of the attempts from each address. */
  passwordQueue: TenantQueue;
}

/** Creates the configured identity provider. */
export function createIdentityProvider({ config, db, ...options }: IdentityOptions): IdentityProvider {
  switch (config.identityProvider) {
    case 'local':
      return createLocalProvider({ pool: db.authPool, signUp: config.signUp, ...options });
    case 'clerk':
      return createClerkProvider({ settings: config.clerk, ...options });
    case 'jwt':
      return createJwtProvider({ settings: config.jwt });
  }
}
