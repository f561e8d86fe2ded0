import { v7 as uuid } from 'uuid';
import type { IdentityMembership } from '../../core/identity-provider.ts';
import { lockTenant } from '../../db/locks.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { recordSyncs, type SyncContext } from '../context.ts';
import { type NamedRole, roleOfOrganization, rolesComeIn } from '../role-names.ts';

interface MembershipUpdate {
  item: IdentityMembership;
  cause: SyncContext;
}

interface Place {
  asked: string;
  tenantId: string;
  hasOwner: boolean;
}

/**
 * Makes many people members at once, where nothing has to be weighed: they were never members, person and tenant are here, and the
 * tenant has its owner. Does for these what applyMembership does for one. Answers the others. The caller holds the locks of people
 * and organizations.
 */
export async function joinMembers<W extends MembershipUpdate>(tx: Tx, words: readonly W[]): Promise<W[]> {
  const places = await newPlaces(
    tx,
    words.map(({ item }) => item),
  );
  const tenantIds = [...new Set([...places.values()].map(({ tenantId }) => tenantId))].sort();
  for (const tenantId of tenantIds) await lockTenant(tx, tenantId);
  const roles = await tx.role.findMany({
    where: { tenantId: { in: tenantIds }, deletedAt: null },
    orderBy: { name: 'asc' },
  });
  const roleFor = (tenantId: string, { item, cause }: MembershipUpdate): NamedRole | undefined => {
    const own = roles.filter((role) => role.tenantId === tenantId);
    const named = rolesComeIn(cause.settings) ? roleOfOrganization(own, item.role) : undefined;
    return named ?? own.find((role) => role.isDefault);
  };

  const joining = words.flatMap((word) => {
    const place = places.get(word.item.id);
    const role = place?.hasOwner ? roleFor(place.tenantId, word) : undefined;
    const ids = { id: uuid(), holdingId: uuid() };
    return place && role ? [{ membership: word.item, cause: word.cause, role, tenantId: place.tenantId, ...ids }] : [];
  });
  if (joining.length > 0) {
    await insert(
      tx,
      joining.map(({ membership, role, tenantId, id, holdingId }) => ({
        ...{ tenantId, id, holdingId },
        roleId: role.id,
        userId: membership.userId,
        identityId: membership.id,
        identityRole: membership.role,
        updatedAt: membership.updatedAt,
        createdAt: membership.createdAt,
      })),
    );
    await recordSyncs(
      tx,
      joining.map(({ membership, cause, role, tenantId, id }) => ({
        cause,
        tenantId,
        action: 'member.joined',
        category: 'membership',
        subjectId: membership.userId,
        target: { type: 'member', id, label: null },
        after: { status: 'active', roles: [{ id: role.id, name: role.name }] },
        context: { identityRole: membership.role },
      })),
    );
  }
  const done = new Set(joining.map(({ membership }) => membership.id));
  return words.filter(({ item }) => !done.has(item.id));
}

/** Where those belong who were never there before; by the provider's id of the membership. */
async function newPlaces(tx: Tx, given: readonly IdentityMembership[]): Promise<Map<string, Place>> {
  const asked = given.map(({ id, userId, organization }) => ({ id, userId, organizationId: organization.id }));
  const rows = await tx.$queryRaw<Place[]>`
    SELECT DISTINCT ON (tenant.id, person.id) asked.id AS asked, tenant.id::text AS "tenantId", EXISTS (
        SELECT 1 FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.is_owner
        JOIN membership owner ON owner.tenant_id = held.tenant_id AND owner.id = held.membership_id AND owner.status = 'active'
        WHERE held.tenant_id = tenant.id AND held.ended_at IS NULL AND held.valid_until IS NULL) AS "hasOwner"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS asked (id text, "userId" text, "organizationId" text)
    JOIN tenant ON tenant.identity_org_id = asked."organizationId" AND tenant.status <> 'archived'
    JOIN "user" person ON person.id = asked."userId" AND person.deleted_at IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.tenant_id = tenant.id AND membership.user_id = person.id)
    ORDER BY tenant.id, person.id, asked.id DESC`;
  return new Map(rows.map((row) => [row.asked, row]));
}

interface Row {
  tenantId: string;
  id: string;
  holdingId: string;
  roleId: string;
  userId: string;
  identityId: string;
  identityRole: string;
  updatedAt: number;
  createdAt: number;
}

const insert = (tx: Tx, rows: readonly Row[]) => tx.$executeRaw`
  WITH given AS (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given ("tenantId" uuid, id uuid, "holdingId" uuid,
      "roleId" uuid, "userId" text, "identityId" text, "identityRole" text, "updatedAt" bigint, "createdAt" float8)
  ), joined AS (
    INSERT INTO membership (tenant_id, id, user_id, source, identity_membership_id, identity_role, identity_updated_at, sort_name,
      search_text, created_at)
    SELECT "tenantId", given.id, person.id, 'identity', "identityId", "identityRole", "updatedAt", person.sort_name,
      person.search_text, to_timestamp("createdAt" / 1000)
    FROM given JOIN "user" person ON person.id = given."userId"
  )
  INSERT INTO membership_role (tenant_id, id, membership_id, user_id, role_id, is_primary)
  SELECT "tenantId", "holdingId", id, "userId", "roleId", true FROM given`;
