import { createHash } from 'node:crypto';
import type { IdentityUser } from '../core/identity-provider.ts';
import type { Random } from '../core/random.ts';
import { NAME_SETS, UNUSUAL_NAMES } from './names.ts';

/** A user of the demo. The scenarios decide when the account is created. */
export interface DemoUser {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly name: string;
  readonly email: string | null;
  emailVerified: boolean;
  bannedAt: Date | null;
  /** When the account was created, and whether by the user or by the provider's directory. */
  created: { at: Date; by: 'self' | 'provider' } | null;
  lastSignInAt: Date | null;
  /** The provider's clock; null means the time of creation. */
  identityUpdatedAt: number | null;
}

const WITHOUT_EMAIL = 0.02;
const PLAIN: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' };

/** Makes users of one organization with distinct names and addresses, and spreads the `unusual` names among them. */
export function makeUsers(count: number, domain: string, random: Random, unusual = UNUSUAL_NAMES.slice(0, 0)) {
  const families = random.shuffled(NAME_SETS.flatMap(({ first, last }) => last.map((name) => ({ first, name }))));
  const users = new Map<string, DemoUser>();
  for (let turn = 0; users.size < count; turn++) {
    const { first, name } = families[turn % families.length] ?? random.pick(families);
    const firstName = random.pick(first);
    const email = `${plain(firstName)}.${plain(name)}@${domain}`;
    if (!users.has(email))
      users.set(email, makeUser(firstName, name, random.chance(WITHOUT_EMAIL) ? null : email, email));
  }
  const list = [...users.values()];
  for (const [index, { first, last, local }] of unusual.entries()) {
    list[Math.floor(((index + 0.5) * count) / unusual.length)] = makeUser(first, last, `${local}@${domain}`);
  }
  return list;
}

export function makeUser(
  firstName: string | null,
  lastName: string | null,
  email: string | null,
  key = email,
): DemoUser {
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return {
    id: createHash('sha256')
      .update(`demo ${key ?? name}`)
      .digest('base64')
      .replaceAll(/[^A-Za-z0-9]/g, '')
      .slice(0, 32),
    firstName,
    lastName,
    name,
    email,
    emailVerified: email !== null,
    bannedAt: null,
    created: null,
    lastSignInAt: null,
    identityUpdatedAt: null,
  };
}

/** A user who can sign in. */
export const fromIdentity = (user: IdentityUser): DemoUser => ({
  id: user.id,
  firstName: user.firstName,
  lastName: user.lastName,
  name: [user.firstName, user.lastName].filter(Boolean).join(' '),
  email: user.email,
  emailVerified: user.emailVerified,
  bannedAt: null,
  created: null,
  lastSignInAt: null,
  identityUpdatedAt: user.updatedAt,
});

/** Moves the creation of the account to the first time it is needed. */
export function createAccount(user: DemoUser, at: Date, by: 'self' | 'provider'): void {
  if (!user.created || user.created.at > at) user.created = { at, by };
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[øłđßæœıþð]/g, (char) => PLAIN[char] ?? char)
    .normalize('NFKD')
    .replaceAll(/[^a-z -]/g, '')
    .replaceAll(' ', '-');

/** A user, the identity provider or Rolecall itself. */
export type Actor = DemoUser | 'provider' | 'system';
