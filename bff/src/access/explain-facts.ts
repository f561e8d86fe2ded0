import type { Tx } from '../db/tenant-tx.ts';
import type { Person, RoleRef } from '../schema.ts';
import { HELD_NOW, roleGives } from './giving.ts';

export interface Question {
  tenantId: string;
  userId: string;
  permission: string;
}

/** A holding, past ones too, of a living role that gives the permission. */
export interface GivingHolding {
  role: RoleRef & { isOwner: boolean; version: number };
  state: 'now' | 'later' | 'ended';
  /** From the held role up to the one that grants it; null for an owner, who holds everything. */
  chain: RoleRef[] | null;
  validFrom: string;
  validUntil: string | null;
  endedAt: string | null;
  grantedAt: string;
  grantedBy: { id: string; name: string } | null;
}

interface Facts {
  tenant: { id: string; name: string; slug: string };
  permission: { code: string; description: string } | null;
  /** What this tenant may know of the person; null when that is nothing. */
  person: Person | null;
  membershipId: string | null;
  holdings: GivingHolding[];
  /** Every role that is held now or will be, as far as others must have power over it. */
  heldRoleIds: string[];
}

/** All that surrounds one decision, in one statement. */
export async function readFacts(tx: Tx, { tenantId, userId, permission }: Question): Promise<Facts> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT
      jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
      (SELECT jsonb_build_object('code', code, 'description', description) FROM permission WHERE code = ${permission}) AS permission,
      (SELECT jsonb_build_object('id', id, 'name', name, 'email', email, 'imageUrl', image_url)
       FROM "user" WHERE id = ${userId}) AS person,
      membership.id::text AS "membershipId",
      coalesce((SELECT jsonb_agg(DISTINCT held.role_id) FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
        WHERE held.tenant_id = tenant.id AND held.membership_id = membership.id AND held.ended_at IS NULL
          AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())), '[]') AS "heldRoleIds",
      coalesce((SELECT jsonb_agg(jsonb_build_object(
          'role', jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner, 'version', role.version),
          'state', CASE WHEN ${HELD_NOW} THEN 'now'
            WHEN held.ended_at IS NULL AND held.valid_from > clock_timestamp() THEN 'later' ELSE 'ended' END,
          'chain', CASE WHEN NOT role.is_owner THEN granting_chain(role.tenant_id, role.id, ${permission}) END,
          'validFrom', held.valid_from, 'validUntil', held.valid_until, 'grantedAt', held.created_at,
          'endedAt', least(held.ended_at, held.valid_until),
          'grantedBy', CASE WHEN held.granted_by IS NOT NULL THEN
            jsonb_build_object('id', held.granted_by, 'name', coalesce(granter.name, held.granted_by)) END
        ) ORDER BY held.is_primary DESC, role.name, held.valid_from)
        FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id
        LEFT JOIN audit_subject granter ON granter.tenant_id = held.tenant_id AND granter.user_id = held.granted_by
        WHERE held.tenant_id = tenant.id AND held.membership_id = membership.id AND ${roleGives(permission)}), '[]') AS holdings
    FROM tenant
    LEFT JOIN membership ON membership.tenant_id = tenant.id AND membership.user_id = ${userId} AND membership.status <> 'left'
    WHERE tenant.id = ${tenantId}::uuid`;
  if (!facts) throw new Error('an explanation is asked inside an existing tenant');
  return facts;
}

export interface PlatformHolding {
  role: RoleRef & { isOwner: boolean; version: number };
  chain: RoleRef[] | null;
}

/** The platform roles by which one person holds the permission here. */
export const readPlatformHoldings = (tx: Tx, userId: string, permission: string): Promise<PlatformHolding[]> =>
  tx.$queryRaw<PlatformHolding[]>`
    SELECT jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner, 'version', version) AS role, chain
    FROM through_platform(${permission}, ${userId}) ORDER BY role_name`;

/** Members who hold all of these permissions now; the first is the one that fewest hold. */
export const readHoldersOfAll = (tx: Tx, permissions: readonly string[]): Promise<Person[]> =>
  tx.$queryRaw<Person[]>`
    SELECT person.id, person.name, person.email, person.image_url AS "imageUrl"
    FROM members_holding(${[...permissions]}::text[]) giver JOIN "user" person ON person.id = giver.user_id
    ORDER BY person.sort_name, person.id`;
