import type { ClerkInstance } from '../../clerk-stub/state/instance.ts';
import { membershipJson } from '../../clerk-stub/state/memberships.ts';
import type { Services } from '../../core/services.ts';

interface Side {
  users: Map<string, unknown>;
  tenants: Map<string, unknown>;
  members: Map<string, unknown>;
}

/** Returns the state of the instance, in the form of `ourCopy`, with our role keys. */
function truthOf(
  { state }: ClerkInstance,
  keyOf: Record<string, string> = { 'org:admin': 'admin', 'org:member': 'member' },
): Side {
  return {
    users: new Map(
      state.users.values().map((user) => {
        const email =
          user.email_addresses.find(({ id }) => id === user.primary_email_address_id)?.email_address ?? null;
        const { first_name, last_name, banned, locked, public_metadata } = user;
        const role = typeof public_metadata.role === 'string' ? public_metadata.role : null;
        return [user.id, [email, first_name, last_name, banned, locked, role]];
      }),
    ),
    tenants: new Map(state.organizations.values().map(({ id, name }) => [id, name])),
    members: new Map(
      state.memberships.values().map((record) => {
        const { id, role, organization } = membershipJson(state, record);
        return [id, [organization.id, record.userId, keyOf[role] ?? role]];
      }),
    ),
  };
}

/** Returns our copy, without owner roles, which the provider does not have. */
export async function ourCopy({ db }: Pick<Services, 'db'>): Promise<Side> {
  const users = await db.sync.user.findMany({ where: { deletedAt: null } });
  const tenants = await db.sync.tenant.findMany({
    where: { identityOrgId: { not: null }, status: { not: 'archived' } },
  });
  const members = await db.sync.membership.findMany({
    where: {
      identityMembershipId: { not: null },
      status: { not: 'left' },
      tenant: { identityOrgId: { not: null }, status: { not: 'archived' } },
    },
    include: { tenant: true, roles: { where: { endedAt: null, role: { isOwner: false } }, include: { role: true } } },
  });
  return {
    users: new Map(
      users.map((user) => [
        user.id,
        [user.email, user.firstName, user.lastName, user.banned, user.locked, user.identityRole],
      ]),
    ),
    tenants: new Map(tenants.map(({ identityOrgId, name }) => [identityOrgId ?? '', name])),
    members: new Map(
      members.map(({ identityMembershipId, tenant, userId, roles }) => [
        identityMembershipId ?? '',
        [tenant.identityOrgId, userId, ...roles.map(({ role }) => role.key)],
      ]),
    ),
  };
}

/** Returns one line per difference between our copy and the instance. */
export async function disagreements(services: Pick<Services, 'db'>, instance: ClerkInstance): Promise<string[]> {
  const [ours, theirs] = [await ourCopy(services), truthOf(instance)];
  return (['users', 'tenants', 'members'] as const).flatMap((side) => {
    const ids = new Set([...ours[side].keys(), ...theirs[side].keys()]);
    const stateOf = (of: Side, id: string) => JSON.stringify(of[side].get(id) ?? 'nothing');
    return [...ids]
      .filter((id) => stateOf(ours, id) !== stateOf(theirs, id))
      .map((id) => `${side} ${id}: ${stateOf(ours, id)} here, ${stateOf(theirs, id)} there`);
  });
}
