import { Prisma } from 'database/client';
import type { Person, RoleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type AccessRow, type ActorAccess, accessOfRow, holds, type Resource } from '../actor.ts';
import type { Conditions } from '../conditions.ts';
import { HELD_NOW, roleGives } from '../grant-sql.ts';

export interface Question {
  tenantId: string;
  userId: string;
  permission: string;
  /** What it is about; without it, conditions on it are not met. */
  resource?: Resource;
}

/** How a role comes to grant it: the grant that is met, or else the nearest. */
interface Way {
  /** From the held role up to the one that grants it. */
  chain: RoleRef[];
  conditions: Conditions | null;
  conditionsMet: boolean;
}

/** A holding, past ones too, of a living role that gives the permission. */
export interface GivingHolding {
  role: RoleRef & { isOwner: boolean; version: number };
  state: 'now' | 'later' | 'ended';
  /** Null for an owner, who holds everything. */
  way: Way | null;
  conditionsMet: boolean;
  validFrom: string;
  validUntil: string | null;
  endedAt: string | null;
  grantedAt: string;
  grantedBy: { id: string; name: string } | null;
}

interface Facts {
  tenant: { id: string; name: string; slug: string };
  permission: { code: string; description: string } | null;
  isRetired: boolean;
  /** What this tenant may know of the person; null when that is nothing. */
  person: Person | null;
  holdings: GivingHolding[];
  /** Every role that is held now or will be, as far as others must have power over it. */
  heldRoleIds: string[];
}

/** All that surrounds one decision, in one statement. */
export async function readFacts(tx: Tx, { tenantId, userId, permission }: Question, context: string): Promise<Facts> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT
      jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
      (SELECT jsonb_build_object('code', code, 'description', description) FROM permission WHERE code = ${permission}) AS permission,
      EXISTS (SELECT 1 FROM permission WHERE code = ${permission} AND retired_at IS NOT NULL) AS "isRetired",
      (SELECT jsonb_build_object('id', id, 'name', name, 'email', email, 'imageUrl', image_url)
       FROM "user" WHERE id = ${userId}) AS person,
      coalesce((SELECT jsonb_agg(DISTINCT held.role_id) FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
        WHERE held.tenant_id = tenant.id AND held.membership_id = membership.id AND held.ended_at IS NULL
          AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())), '[]') AS "heldRoleIds",
      coalesce((SELECT jsonb_agg(jsonb_build_object(
          'role', jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner, 'version', role.version),
          'state', CASE WHEN ${HELD_NOW} THEN 'now'
            WHEN held.ended_at IS NULL AND held.valid_from > clock_timestamp() THEN 'later' ELSE 'ended' END,
          'way', way.found, 'conditionsMet', coalesce((way.found -> 'conditionsMet')::boolean, true),
          'validFrom', held.valid_from, 'validUntil', held.valid_until, 'grantedAt', held.created_at,
          'endedAt', least(held.ended_at, held.valid_until),
          'grantedBy', CASE WHEN held.granted_by IS NOT NULL THEN
            jsonb_build_object('id', held.granted_by, 'name', coalesce(granter.name, held.granted_by)) END
        ) ORDER BY held.is_primary DESC, role.name, held.valid_from)
        FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id
        LEFT JOIN audit_subject granter ON granter.tenant_id = held.tenant_id AND granter.user_id = held.granted_by
        CROSS JOIN LATERAL (SELECT CASE WHEN NOT role.is_owner
          THEN granting_chain(role.tenant_id, role.id, ${permission}, ${context}::jsonb) END AS found) way
        WHERE held.tenant_id = tenant.id AND held.membership_id = membership.id
          AND ${roleGives(permission, Prisma.sql`NULL`, 'any')}), '[]') AS holdings
    FROM tenant
    LEFT JOIN membership ON membership.tenant_id = tenant.id AND membership.user_id = ${userId} AND membership.status <> 'left'
    WHERE tenant.id = ${tenantId}::uuid`;
  if (!facts) throw new Error('an explanation is asked inside an existing tenant');
  return facts;
}

export interface PlatformHolding {
  role: RoleRef & { isOwner: boolean; version: number };
  way: Way | null;
}

/** The platform roles by which one person holds the permission here. */
export const readPlatformHoldings = (
  tx: Tx,
  { userId, permission, resource = {} }: Question,
): Promise<PlatformHolding[]> =>
  tx.$queryRaw<PlatformHolding[]>`
    SELECT jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner, 'version', version) AS role, way
    FROM through_platform(${permission}, ${userId}, ${JSON.stringify(resource)}::jsonb, false) ORDER BY role_name`;

const MOST_GIVERS = 10;

/** Members who hold these rights now, and all else that `isSufficient` asks of them, by name. `codes` are what that is about. */
export async function readGivers(
  tx: Tx,
  rights: readonly string[],
  codes: readonly string[] = [],
  isSufficient: (access: ActorAccess) => boolean = () => true,
): Promise<Person[]> {
  const rows = await tx.$queryRaw<(AccessRow & { image_url: string | null })[]>`
    SELECT candidate.*, person.image_url FROM members_holding(${[...new Set([...rights, ...codes])]}::text[]) candidate
    JOIN "user" person ON person.id = candidate.user_id ORDER BY person.sort_name, person.id`;
  return rows
    .map((row) => ({ row, access: accessOfRow(row) }))
    .filter(({ access }) => rights.every((right) => holds(access, right)) && isSufficient(access))
    .slice(0, MOST_GIVERS)
    .map(({ row }) => ({ id: row.user_id ?? '', name: row.user_name, email: row.user_email, imageUrl: row.image_url }));
}
