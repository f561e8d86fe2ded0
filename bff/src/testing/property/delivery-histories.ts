import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { ClerkApiError } from '../../clerk-stub/api-error.ts';
import { type ClerkInstance, createClerkInstance } from '../../clerk-stub/state/instance.ts';

const KINDS = [
  ...['user', 'rename', 'rename', 'email', 'metadata', 'ban', 'unban', 'delete-user'],
  ...['organization', 'rename-organization', 'rename-organization', 'delete-organization'],
  ...['join', 'join', 'join', 'change-role', 'change-role', 'leave', 'leave', 'rejoin', 'rejoin'],
  ...['invite', 'accept', 'revoke', 'sign-in', 'sign-out', 'pause'],
] as const;

/** Roles chosen at sign-up, named by the provider or removed there, and assigned here. */
const ROLE_KINDS = [
  ...['sign-up', 'sign-up', 'name-role', 'name-role', 'unreadable-role', 'remove-role', 'remove-role'],
  ...['assign-here', 'assign-here', 'assign-in-organization', 'join-here', 'join-here'],
] as const;
/** Actions in our copy, which the test performs. */
const LOCAL_KINDS = new Set<string>(['assign-here', 'assign-in-organization', 'join-here']);

export interface ProviderAction {
  kind: (typeof KINDS)[number] | (typeof ROLE_KINDS)[number];
  /** Index into the existing users, modulo their number. */
  userIndex: number;
  targetIndex: number;
  /** Milliseconds after the previous action, by the provider's clock. */
  after: number;
}

export interface History {
  /** Number of users at the start; the fewer, the more happens to each. */
  users: number;
  organizations: number;
  actions: ProviderAction[];
  /** Seed of the delivery problems. */
  seed: number;
  announcesCascades: boolean;
}

/** Histories of actions at a provider; three in ten happen in the same millisecond as the previous one. */
export const histories = (
  maxActions: number,
  kinds: readonly ProviderAction['kind'][] = KINDS,
): fc.Arbitrary<History> =>
  fc.record({
    users: fc.integer({ min: 1, max: 3 }),
    organizations: fc.integer({ min: 0, max: 2 }),
    actions: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        userIndex: fc.nat(9),
        targetIndex: fc.nat(9),
        after: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 7, arbitrary: fc.integer({ min: 1, max: 5 }) },
        ),
      }),
      { minLength: 1, maxLength: maxActions, size: 'max' },
    ),
    seed: fc.nat(),
    announcesCascades: fc.boolean(),
  });

/** Histories in which roles change on both sides. */
export const roleHistories = (maxActions: number): fc.Arbitrary<History> =>
  histories(maxActions, [...KINDS, ...ROLE_KINDS, ...ROLE_KINDS]);

/** What the provider may send as public_metadata.role, or the user as unsafe_metadata.role. */
const ROLE_NAMES = ['admin', 'INSTRUCTOR', 'teacher', 'member', 'auditor', 'emperor', 'owner'];
const UNREADABLE = [['INSTRUCTOR'], { role: 'admin' }, true, 7, [null]];

const T0 = 1_716_883_200_000;
const ROLES = ['org:admin', 'org:member', 'org:unknown'];
export const PREFIX_LENGTH = 10;

/** Creates a provider, recognized by the prefix of its ids. */
export function createProvider(announcesCascades: boolean) {
  const clock = { now: T0 };
  const prefix = randomBytes(8).toString('hex').slice(0, PREFIX_LENGTH);
  const roles = [{ key: 'org:unknown', name: 'Unknown' }];
  const instance = createClerkInstance({ clock: () => clock.now, idPrefix: prefix, announcesCascades, roles });
  return { instance, clock, prefix };
}
export type Provider = ReturnType<typeof createProvider>;

/** Number of histories replayed per instance, so that each uses new names. */
const replays = new WeakMap<ClerkInstance, number>();

/** Performs a history, with actions in our copy by `local`. Actions that the provider rejects are skipped. */
export async function replay(
  { instance, clock, prefix }: Provider,
  history: Omit<History, 'seed'>,
  local: (action: ProviderAction) => Promise<void> = async () => undefined,
): Promise<void> {
  const setup = [
    ...Array.from(
      { length: history.users },
      (): ProviderAction => ({ kind: 'user', userIndex: 0, targetIndex: 0, after: 1 }),
    ),
    ...Array.from(
      { length: history.organizations },
      (_, targetIndex): ProviderAction => ({ kind: 'organization', userIndex: targetIndex, targetIndex, after: 1 }),
    ),
  ];
  let count = (replays.get(instance) ?? 0) * 1000;
  replays.set(instance, (replays.get(instance) ?? 0) + 1);
  for (const action of [...setup, ...history.actions]) {
    clock.now += action.after;
    count += 1;
    try {
      if (action.kind === 'pause') await pause(action.userIndex);
      else if (LOCAL_KINDS.has(action.kind)) await local(action);
      else perform(instance, action, `${prefix}-${count}`);
    } catch (error) {
      if (!(error instanceof ClerkApiError)) throw error;
    }
  }
}

function perform(instance: ClerkInstance, { kind, userIndex, targetIndex }: ProviderAction, name: string): void {
  const { state } = instance;
  const select = <T>(list: Iterable<T>, index: number): T => {
    const all = [...list];
    const found = all[index % all.length];
    if (found === undefined) throw new ClerkApiError(404, 'empty', 'There is no object of this kind yet.');
    return found;
  };
  const userId = () => select(state.users.values(), userIndex).id;
  const organizationId = () => select(state.organizations.values(), targetIndex).id;
  const membership = () => select(state.memberships.values(), userIndex);
  const role = ROLES[targetIndex % ROLES.length] ?? '';

  const named = <T>(list: readonly T[]) => list[targetIndex % list.length] as T;

  switch (kind) {
    case 'sign-up':
      return void instance.createUser({
        email: `${name}@example.test`,
        unsafeMetadata: { role: named<unknown>([...ROLE_NAMES, ...UNREADABLE]) },
      });
    case 'name-role':
      return void instance.setUserMetadata(userId(), { public: { role: named(ROLE_NAMES) } });
    case 'unreadable-role':
      return void instance.setUserMetadata(userId(), { public: { role: named<unknown>(UNREADABLE) } });
    case 'remove-role':
      return void instance.setUserMetadata(userId(), { public: { role: null } });
    case 'user':
      return void instance.createUser({ email: `${name}@example.test`, firstName: 'Ann', lastName: name });
    case 'rename':
      return void instance.updateUser(userId(), { lastName: name });
    case 'email':
      return void instance.changeEmail(userId(), `${name}@example.test`, { isVerified: targetIndex % 2 === 0 });
    case 'metadata':
      return void instance.setUserMetadata(userId(), {
        public: { role: targetIndex % 3 === 0 ? null : `role-${targetIndex}` },
      });
    case 'ban':
      return void instance.banUser(userId());
    case 'unban':
      return void instance.unbanUser(userId());
    case 'delete-user':
      return void instance.deleteUser(userId());
    case 'organization':
      return void instance.createOrganization({
        name: `Org ${name}`,
        createdBy: targetIndex % 2 === 0 ? userId() : null,
      });
    case 'rename-organization':
      return void instance.updateOrganization(organizationId(), {
        name: `New ${name}`,
        slug: targetIndex % 2 ? `s-${name}` : undefined,
      });
    case 'delete-organization':
      return void instance.deleteOrganization(organizationId());
    case 'join':
      return void instance.addMembership(organizationId(), userId(), role);
    case 'change-role':
      return void instance.setMembershipRole(membership().organizationId, membership().userId, role);
    case 'leave':
      return void instance.removeMembership(membership().organizationId, membership().userId);
    case 'rejoin': {
      const { organizationId, userId } = membership();
      instance.removeMembership(organizationId, userId);
      return void instance.addMembership(organizationId, userId, role);
    }
    case 'invite':
      return void instance.createInvitation({
        organizationId: organizationId(),
        email: `guest-${name}@example.test`,
        role,
      });
    case 'accept':
      return void instance.acceptInvitation(select(state.invitations.values(), userIndex).id);
    case 'revoke':
      return void instance.revokeInvitation(select(state.invitations.values(), userIndex).id);
    case 'sign-in':
      return void instance.createSession(userId());
    case 'sign-out':
      return void instance.endSession(select(state.sessions.values(), userIndex).id);
  }
}
