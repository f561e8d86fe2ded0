import { createHash } from 'node:crypto';
import type { IdentityUser } from '../core/identity-provider.ts';
import type { Random } from '../core/random.ts';
import { NAMINGS, UNUSUAL_NAMES } from './names.ts';

/** Somebody of the demo. The stories say when their account came to be. */
export interface DemoPerson {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly name: string;
  readonly email: string | null;
  emailVerified: boolean;
  bannedAt: Date | null;
  /** Made their account themselves, or came with the provider's directory. */
  arrival: { at: Date; by: 'themselves' | 'provider' } | null;
  lastSignInAt: Date | null;
  /** The provider's clock; null means since their arrival. */
  identityUpdatedAt: number | null;
}

const WITHOUT_EMAIL = 0.02;
const PLAIN: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th', ð: 'd' };

/** People of one organization, each with a name and an address of their own; `unusual` ones stand spread among them. */
export function makePeople(count: number, domain: string, random: Random, unusual = UNUSUAL_NAMES.slice(0, 0)) {
  const families = random.shuffled(NAMINGS.flatMap(({ first, last }) => last.map((name) => ({ first, name }))));
  const people = new Map<string, DemoPerson>();
  for (let turn = 0; people.size < count; turn++) {
    const { first, name } = families[turn % families.length] ?? random.pick(families);
    const given = random.pick(first);
    const email = `${plain(given)}.${plain(name)}@${domain}`;
    if (!people.has(email))
      people.set(email, makePerson(given, name, random.chance(WITHOUT_EMAIL) ? null : email, email));
  }
  const made = [...people.values()];
  for (const [index, { first, last, local }] of unusual.entries()) {
    made[Math.floor(((index + 0.5) * count) / unusual.length)] = makePerson(first, last, `${local}@${domain}`);
  }
  return made;
}

export function makePerson(
  firstName: string | null,
  lastName: string | null,
  email: string | null,
  key = email,
): DemoPerson {
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
    arrival: null,
    lastSignInAt: null,
    identityUpdatedAt: null,
  };
}

/** Somebody with an account to sign in with. */
export const fromIdentity = (user: IdentityUser): DemoPerson => ({
  id: user.id,
  firstName: user.firstName,
  lastName: user.lastName,
  name: [user.firstName, user.lastName].filter(Boolean).join(' '),
  email: user.email,
  emailVerified: user.emailVerified,
  bannedAt: null,
  arrival: null,
  lastSignInAt: null,
  identityUpdatedAt: user.updatedAt,
});

/** Notes when somebody's account was first needed. */
export function arrive(person: DemoPerson, at: Date, by: 'themselves' | 'provider'): void {
  if (!person.arrival || person.arrival.at > at) person.arrival = { at, by };
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[øłđßæœıþð]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/[^a-z -]/g, '')
    .replaceAll(' ', '-');

/** Who acts: a user, the identity provider or Rolecall itself. */
export type Actor = DemoPerson | 'provider' | 'system';
