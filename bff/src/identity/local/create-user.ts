import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import type pg from 'pg';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { toIdentityUser } from './to-identity-user.ts';

export interface NewLocalUser {
  email: string;
  password: string;
  name: string;
  createdAt?: Date;
}

/**
 * Makes accounts that can sign in, without a session or a message; one that exists stays as it is. Our own copy of the people is the caller's to
 * write.
 */
export async function createLocalUsers(pool: pg.Pool, people: readonly NewLocalUser[]): Promise<IdentityUser[]> {
  const auth = betterAuth({
    database: pool,
    secret: randomBytes(32).toString('hex'),
    baseURL: 'http://127.0.0.1',
    logger: { disabled: true },
    telemetry: { enabled: false },
  });
  const { internalAdapter, password: passwords } = await auth.$context;

  const create = async ({ email, password, name, createdAt = new Date() }: NewLocalUser) => {
    const existing = await internalAdapter.findUserByEmail(email);
    if (existing) return toIdentityUser(existing.user);
    const hash = await passwords.hash(password);
    const dates = { createdAt, updatedAt: createdAt };
    const user = await internalAdapter.createUser({ email, name, emailVerified: true, ...dates }, { method: 'seed' });
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
    return toIdentityUser(user);
  };
  return Promise.all(people.map(create));
}
