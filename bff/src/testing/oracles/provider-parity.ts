import { ClerkApiError } from '../../clerk-stub/api-error.ts';
import type { MembershipJson } from '../../clerk-stub/serialize.ts';
import type { ClerkInstance } from '../../clerk-stub/state/instance.ts';
import { membershipJson } from '../../clerk-stub/state/memberships.ts';
import { type IdentityDirectory, IdentityUnavailable } from '../../core/identity-provider.ts';
import {
  ClerkMembership,
  ClerkOrganization,
  toIdentityMembership,
  toIdentityOrganization,
} from '../../identity/clerk/organization.ts';
import { ClerkUser, toIdentityUser } from '../../identity/clerk/user.ts';
import type { Harness } from '../fixtures/harness.ts';

type Db = Harness['services']['db']['sync'];

const INSTANCES_PER_PAGE = 100;

/** How a write is refused; null when it is not. */
export type Refusal = 'not-found' | 'conflict' | 'unprocessable' | null;

/** Returns the same directory with writes, of which `refusalOf` refuses some. */
export function writableDirectory(
  directory: IdentityDirectory,
  instanceOf: (id: string) => ClerkInstance,
  refusalOf: (id: string) => Refusal,
): IdentityDirectory {
  const write = async <T>(id: string, change: () => T): Promise<T | null> => {
    const refusal = refusalOf(id);
    if (refusal === 'not-found') return null;
    if (refusal) throw new IdentityUnavailable(`refused: ${refusal}`, { isTemporary: false });
    try {
      return change();
    } catch (error) {
      if (!(error instanceof ClerkApiError)) throw error;
      if (error.status === 404) return null;
      throw new IdentityUnavailable(error.message, { isTemporary: false });
    }
  };
  const member = (found: MembershipJson) => toIdentityMembership(ClerkMembership.parse(found));
  return {
    ...directory,
    setUserRole: (userId, role) =>
      write(userId, () =>
        toIdentityUser(ClerkUser.parse(instanceOf(userId).setUserMetadata(userId, { public: { role } }))),
      ),
    setMembershipRole: (organizationId, userId, role) =>
      write(userId, () => member(instanceOf(userId).setMembershipRole(organizationId, userId, role))),
    createMembership: (organizationId, userId, role) =>
      write(userId, () => member(instanceOf(userId).addMembership(organizationId, userId, role))),
  };
}

/** Returns a directory over many instances: reads from the instance that an id belongs to, lists across all. */
export function directoryOf(
  instanceOf: (id: string) => ClerkInstance,
  instances: () => readonly ClerkInstance[],
): IdentityDirectory {
  const reject = () => Promise.reject(new Error('this directory is read-only'));
  const list =
    <T>(itemsOf: (instance: ClerkInstance) => T[]) =>
    async (cursor: string | null) => {
      const end = Number(cursor ?? 0) + INSTANCES_PER_PAGE;
      const items = instances()
        .slice(end - INSTANCES_PER_PAGE, end)
        .flatMap(itemsOf);
      return { items, next: end < instances().length ? String(end) : null };
    };
  return {
    fetchUser: async (id) => {
      const user = instanceOf(id).state.users.get(id);
      return user ? toIdentityUser(ClerkUser.parse(user)) : null;
    },
    fetchOrganization: async (id) => {
      const found = instanceOf(id).state.organizations.get(id);
      return found ? toIdentityOrganization(ClerkOrganization.parse(found)) : null;
    },
    fetchMembership: async (organizationId, userId) => {
      const { state } = instanceOf(organizationId);
      const found = state.memberships
        .values()
        .find((one) => one.organizationId === organizationId && one.userId === userId);
      return found ? toIdentityMembership(ClerkMembership.parse(membershipJson(state, found))) : null;
    },
    listUsers: list(({ state }) => [...state.users.values()].map((user) => toIdentityUser(ClerkUser.parse(user)))),
    listOrganizations: list(({ state }) =>
      [...state.organizations.values()].map((one) => toIdentityOrganization(ClerkOrganization.parse(one))),
    ),
    listMemberships: list(({ state }) =>
      [...state.memberships.values()].map((one) =>
        toIdentityMembership(ClerkMembership.parse(membershipJson(state, one))),
      ),
    ),
    setUserRole: reject,
    setMembershipRole: reject,
    endSessions: reject,
  };
}

/** Returns the state of the provider, in the form of `copyOf`. */
export function truthOf({ state }: ClerkInstance) {
  return {
    users: Object.fromEntries(
      [...state.users.values()].map((user) => {
        const { email, emailVerified, firstName, lastName, banned, locked, role } = toIdentityUser(
          ClerkUser.parse(user),
        );
        return [user.id, { email, emailVerified, firstName, lastName, banned, locked, role }];
      }),
    ),
    organizations: Object.fromEntries(
      [...state.organizations.values()].map(({ id, name, slug }) => [id, { name, slug }]),
    ),
    memberships: Object.fromEntries(
      [...state.memberships.values()].map(({ id, organizationId, userId, role }) => [
        `${organizationId} ${userId}`,
        { id, role: role === 'org:admin' ? 'admin' : 'member' },
      ]),
    ),
    invitations: Object.fromEntries([...state.invitations.values()].map(({ id, status }) => [id, status])),
  };
}

/** Returns our copy of all objects with the id prefix, without owner roles. */
export async function copyOf(db: Db, prefix: string): Promise<ReturnType<typeof truthOf>> {
  const users = await db.user.findMany({ where: { id: { startsWith: `user_${prefix}` }, deletedAt: null } });
  const tenants = await db.tenant.findMany({
    where: { identityOrgId: { startsWith: `org_${prefix}` }, status: { not: 'archived' } },
  });
  const tenantId = { in: tenants.map(({ id }) => id) };
  const members = await db.membership.findMany({
    where: { tenantId, status: 'active' },
    include: { tenant: true, roles: { where: { endedAt: null, role: { isOwner: false } }, include: { role: true } } },
  });
  const invitations = await db.invitation.findMany({ where: { tenantId } });
  return {
    users: Object.fromEntries(
      users.map(({ id, email, emailVerified, firstName, lastName, banned, locked, identityRole }) => [
        id,
        { email, emailVerified, firstName, lastName, banned, locked, role: identityRole },
      ]),
    ),
    organizations: Object.fromEntries(tenants.map(({ identityOrgId, name, slug }) => [identityOrgId, { name, slug }])),
    memberships: Object.fromEntries(
      members.map((member) => [
        `${member.tenant.identityOrgId} ${member.userId}`,
        { id: member.identityMembershipId ?? '', role: member.roles.map(({ role }) => role.key).join('+') },
      ]),
    ),
    invitations: Object.fromEntries(invitations.map((one) => [one.identityInvitationId, one.status])),
  };
}
