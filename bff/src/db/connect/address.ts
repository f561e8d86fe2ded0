import { type Login, loginUrl } from '@rolecall/prisma/logins';
import type { Config } from '../../core/config.ts';

/** Where PostgreSQL is, and what its logins are called. */
export interface DatabaseAddress {
  /** The migrating login at PostgreSQL itself, or at a pooler that keeps sessions. */
  ownerUrl: string;
  /** The address of a pooler in transaction mode, without the password; null where there is none. */
  poolerUrl?: string | null | undefined;
  loginPrefix?: string | undefined;
}

type Settings = Pick<Config, 'databaseUrl'> & Partial<Pick<Config, 'directUrl' | 'loginPrefix'>>;

/** Returns the URL of an external database's owner, at which a session lasts. */
export const directUrl = ({ databaseUrl, directUrl }: Settings): string | null => directUrl ?? databaseUrl;

export const databaseAddress = (settings: Settings, ownerUrl: string): DatabaseAddress => ({
  ownerUrl,
  poolerUrl: settings.directUrl && settings.databaseUrl ? withoutPassword(settings.databaseUrl) : null,
  loginPrefix: settings.loginPrefix,
});

const withoutPassword = (url: string) => Object.assign(new URL(url), { password: '' }).href;

/** Returns the URL for what needs a session: LISTEN, the queue. */
export const sessionUrl = ({ ownerUrl, loginPrefix }: DatabaseAddress, login: Login): string =>
  loginUrl(ownerUrl, login, { prefix: loginPrefix });

/** Returns the URL for statements and transactions, through the pooler where there is one. */
export const transactionUrl = ({ ownerUrl, poolerUrl, loginPrefix }: DatabaseAddress, login: Login): string =>
  loginUrl(ownerUrl, login, { prefix: loginPrefix, poolerUrl });
