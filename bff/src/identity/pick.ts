import type { Logger } from 'pino';
import type { Config } from '../core/config.ts';
import type { AccountListener, IdentityProvider } from '../core/identity-provider.ts';
import type { RateLimits } from '../core/limits/rate-limits.ts';
import type { SigningKeys } from '../core/secrets.ts';
import type { Database, Mailer, TenantQueue } from '../core/services.ts';
import type { Passwords } from './local/passwords/passwords.ts';

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

/** Creates the configured identity provider; the libraries of the others are not loaded. */
export async function createIdentityProvider({ config, db, ...options }: IdentityOptions): Promise<IdentityProvider> {
  switch (config.identityProvider) {
    case 'local': {
      const { createLocalProvider } = await import('./local/provider.ts');
      return createLocalProvider({ pool: db.authPool, signUp: config.signUp, ...options });
    }
    case 'clerk': {
      const { createClerkProvider } = await import('./clerk/provider.ts');
      return createClerkProvider({ settings: config.clerk, ...options });
    }
    case 'jwt': {
      const { createJwtProvider } = await import('./jwt/provider.ts');
      return createJwtProvider({ settings: config.jwt });
    }
  }
}
