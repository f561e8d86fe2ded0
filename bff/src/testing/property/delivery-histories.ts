import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { ClerkApiError } from '../../clerk-stub/api-error.ts';
import { type ClerkInstance, createClerkInstance } from '../../clerk-stub/state/instance.ts';

const KINDS = [
  ...['user', 'rename', 'rename', 'email', 'metadata', 'ban', 'unban', 'delete-user'],
  ...['organization', 'rename-organization', 'rename-organization', 'delete-organization'],
  ...['join', 'join', 'join', 'change-role', 'change-role', 'leave', 'leave', 'rejoin', 'rejoin'],
  ...['invite', 'accept', 'revoke', 'sign-in', 'sign-out', 'breathe'],
] as const;

interface Deed {
  kind: (typeof KINDS)[number];
  /** Which of those that there are. */
  who: number;
  where: number;
  /** How long after the deed before, in milliseconds by the provider's clock. */
  after: number;
}

export interface History {
  /** At the beginning; the fewer there are, the more happens to each. */
  people: number;
  organizations: number;
  deeds: Deed[];
  /** Of the chance that troubles the delivery. */
  seed: number;
  announcesCascades: boolean;
}

/** What may happen at a provider, three tenths of it within the same millisecond as what was before. */
export const histories = (maxDeeds: number): fc.Arbitrary<History> =>
  fc.record({
    people: fc.integer({ min: 1, max: 3 }),
    organizations: fc.integer({ min: 0, max: 2 }),
    deeds: fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        who: fc.nat(9),
        where: fc.nat(9),
        after: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 7, arbitrary: fc.integer({ min: 1, max: 5 }) },
        ),
      }),
      { minLength: 1, maxLength: maxDeeds, size: 'max' },
    ),
    seed: fc.nat(),
    announcesCascades: fc.boolean(),
  });

const T0 = 1_716_883_200_000;
const ROLES = ['org:admin', 'org:member', 'org:unheard_of'];
export const PREFIX_LENGTH = 10;

/** A provider of its own, known by the beginning of its ids. */
export function newProvider(announcesCascades: boolean) {
  const clock = { now: T0 };
  const prefix = randomBytes(8).toString('hex').slice(0, PREFIX_LENGTH);
  const roles = [{ key: 'org:unheard_of', name: 'Unheard of' }];
  const instance = createClerkInstance({ clock: () => clock.now, idPrefix: prefix, announcesCascades, roles });
  return { instance, clock, prefix };
}
export type Provider = ReturnType<typeof newProvider>;

/** How many histories an instance has lived, so that each gives new names. */
const lived = new WeakMap<ClerkInstance, number>();

/** Lets it happen. What the provider refuses does not happen. */
export async function live({ instance, clock, prefix }: Provider, history: Omit<History, 'seed'>): Promise<void> {
  const founding = [
    ...Array.from({ length: history.people }, (): Deed => ({ kind: 'user', who: 0, where: 0, after: 1 })),
    ...Array.from(
      { length: history.organizations },
      (_, where): Deed => ({ kind: 'organization', who: where, where, after: 1 }),
    ),
  ];
  let count = (lived.get(instance) ?? 0) * 1000;
  lived.set(instance, (lived.get(instance) ?? 0) + 1);
  for (const deed of [...founding, ...history.deeds]) {
    clock.now += deed.after;
    count += 1;
    try {
      if (deed.kind === 'breathe') await pause(deed.who);
      else happen(instance, deed, `${prefix}-${count}`);
    } catch (error) {
      if (!(error instanceof ClerkApiError)) throw error;
    }
  }
}

function happen(instance: ClerkInstance, { kind, who, where }: Deed, name: string): void {
  const { state } = instance;
  const one = <T>(list: Iterable<T>, index: number): T => {
    const all = [...list];
    const found = all[index % all.length];
    if (found === undefined) throw new ClerkApiError(404, 'nobody_there', 'There is nobody yet.');
    return found;
  };
  const person = () => one(state.users.values(), who).id;
  const organization = () => one(state.organizations.values(), where).id;
  const member = () => one(state.memberships.values(), who);
  const role = ROLES[where % ROLES.length] ?? '';

  switch (kind) {
    case 'user':
      return void instance.createUser({ email: `${name}@example.test`, firstName: 'Ann', lastName: name });
    case 'rename':
      return void instance.updateUser(person(), { lastName: name });
    case 'email':
      return void instance.changeEmail(person(), `${name}@example.test`, { isVerified: where % 2 === 0 });
    case 'metadata':
      return void instance.setUserMetadata(person(), { public: { role: where % 3 === 0 ? null : `role-${where}` } });
    case 'ban':
      return void instance.banUser(person());
    case 'unban':
      return void instance.unbanUser(person());
    case 'delete-user':
      return void instance.deleteUser(person());
    case 'organization':
      return void instance.createOrganization({ name: `Org ${name}`, createdBy: where % 2 === 0 ? person() : null });
    case 'rename-organization':
      return void instance.updateOrganization(organization(), {
        name: `New ${name}`,
        slug: where % 2 ? `s-${name}` : undefined,
      });
    case 'delete-organization':
      return void instance.deleteOrganization(organization());
    case 'join':
      return void instance.addMembership(organization(), person(), role);
    case 'change-role':
      return void instance.setMembershipRole(member().organizationId, member().userId, role);
    case 'leave':
      return void instance.removeMembership(member().organizationId, member().userId);
    case 'rejoin': {
      const { organizationId, userId } = member();
      instance.removeMembership(organizationId, userId);
      return void instance.addMembership(organizationId, userId, role);
    }
    case 'invite':
      return void instance.createInvitation({
        organizationId: organization(),
        email: `guest-${name}@example.test`,
        role,
      });
    case 'accept':
      return void instance.acceptInvitation(one(state.invitations.values(), who).id);
    case 'revoke':
      return void instance.revokeInvitation(one(state.invitations.values(), who).id);
    case 'sign-in':
      return void instance.createSession(person());
    case 'sign-out':
      return void instance.endSession(one(state.sessions.values(), who).id);
  }
}
