import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import type pg from 'pg';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { ACCOUNT_FIELDS, accountEmail } from './account-email.ts';
import { toIdentityUser } from './to-identity-user.ts';

export interface NewLocalUser {
  email: string;
  password: string;
  name: string;
  createdAt?: Date;
}

/** Creates accounts without a session or an e-mail; existing ones stay as they are. The caller writes our copy of the users. */
export async function createLocalUsers(pool: pg.Pool, accounts: readonly NewLocalUser[]): Promise<IdentityUser[]> {
  const auth = betterAuth({
    database: pool,
    secret: randomBytes(32).toString('hex'),
    baseURL: 'http://127.0.0.1',
    user: { additionalFields: ACCOUNT_FIELDS },
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
  const { internalAdapter, password: passwords } = await auth.$context;

  const create = async ({ email: writtenEmail, password, name, createdAt = new Date() }: NewLocalUser) => {
    const email = accountEmail(writtenEmail) ?? writtenEmail;
    const existing = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
    const dates = { createdAt, updatedAt: createdAt };
    const user =
      existing?.user ??
      (await internalAdapter.createUser(
        { email, writtenEmail, name, emailVerified: true, ...dates },
        { method: 'seed' },
      ));
    // One whose creation was interrupted has no password yet.
    if (!existing?.accounts.length) {
      const account = { userId: user.id, providerId: 'credential', accountId: user.id };
      await internalAdapter.linkAccount({ ...account, password: await passwords.hash(password) });
    }
    return toIdentityUser(user);
  };
  // One by one, so that none is under way when another has failed.
  const created: IdentityUser[] = [];
  for (const account of accounts) created.push(await create(account));
  return created;
}
