import { Prisma } from 'database/client';
import type { Person } from '../../core/schema.ts';
import { asUser, type Tx } from '../../db/tenant-tx.ts';
import { type ActorAccess, contextOf, readAccessTo } from '../actor.ts';
import { HELD_NOW, roleGrants } from '../grant-sql.ts';
import type { AccessSnapshot, GrantingAssignment, GrantPath, Question } from './snapshot.ts';

/** A snapshot of now, and beside it what is asked only of the present. */
export interface LiveSnapshot extends AccessSnapshot {
  question: Question;
  access: ActorAccess;
  /** What conditions are evaluated against, as JSON. */
  context: string;
  /** Every role that is assigned now or will be: the actor must hold what they grant to change this member. */
  assignedRoleIds: readonly string[];
}

/** Reads what the guard decides for the user, and why. `asker` only settles what may be told of a user the tenant does not know. */
export async function readNow(tx: Tx, asker: ActorAccess, question: Question): Promise<LiveSnapshot> {
  const { tenantId, userId, permission, resource = {} } = question;
  const scope = { tenantId, userId: asker.user?.id ?? null };
  const access = await asUser(tx, scope, userId, (as) => readAccessTo(as, resource));
  const context = contextOf(access, resource);
  const facts = await readFacts(tx, question, context);
  const knowsAllUsers = asker.platformPermissions.has('users:read');
  const unlisted = knowsAllUsers && access.user ? access.user : { name: null, email: null };
  const isKnown = facts.person !== null || knowsAllUsers;
  const viaPlatform = access.platformPermissions.has(permission);
  return {
    question,
    access,
    context,
    assignedRoleIds: facts.assignedRoleIds,
    permission: facts.permission ?? { code: permission, description: null, state: 'unknown' },
    user: facts.person ?? { id: userId, name: unlisted.name, email: unlisted.email, imageUrl: null },
    tenant: facts.tenant,
    standing: {
      userState: isKnown && access.tenant ? (access.user?.state ?? null) : null,
      tenantStatus: access.tenant?.status ?? null,
      membership: access.membership,
    },
    allowed: { viaTenant: access.permissions.has(permission), viaPlatform },
    assignments: [...facts.assignments, ...(viaPlatform ? await readPlatformAssignments(tx, question) : [])],
  };
}

interface Facts {
  tenant: AccessSnapshot['tenant'];
  permission: AccessSnapshot['permission'] | null;
  /** What this tenant may know of the user; null when that is nothing. */
  person: Person | null;
  assignments: GrantingAssignment[];
  assignedRoleIds: string[];
}

async function readFacts(tx: Tx, { tenantId, userId, permission }: Question, context: string): Promise<Facts> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT
      jsonb_build_object('id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) AS tenant,
      (SELECT jsonb_build_object('code', code, 'description', description,
          'state', CASE WHEN retired_at IS NULL THEN 'active' ELSE 'retired' END)
       FROM permission WHERE code = ${permission}) AS permission,
      (SELECT jsonb_build_object('id', id, 'name', name, 'email', email, 'imageUrl', image_url)
       FROM "user" WHERE id = ${userId}) AS person,
      coalesce((SELECT jsonb_agg(DISTINCT held.role_id) FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
        WHERE held.tenant_id = tenant.id AND held.membership_id = membership.id AND held.ended_at IS NULL
          AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())), '[]') AS "assignedRoleIds",
      coalesce((SELECT jsonb_agg(jsonb_build_object(
          'via', 'tenant', 'membershipId', held.membership_id,
          'role', jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner, 'version', role.version),
          'state', CASE WHEN ${HELD_NOW} THEN 'current'
            WHEN held.ended_at IS NULL AND held.valid_from > clock_timestamp() THEN 'upcoming' ELSE 'ended' END,
          'path', granting.path, 'conditionsMet', coalesce((granting.path -> 'conditionsMet')::boolean, true),
          'validFrom', held.valid_from, 'validUntil', held.valid_until, 'grantedAt', held.created_at,
          'endedAt', least(held.ended_at, held.valid_until),
          'grantedBy', CASE WHEN held.granted_by IS NOT NULL THEN
            jsonb_build_object('id', held.granted_by, 'name', coalesce(granter.name, held.granted_by)) END
        ) ORDER BY held.is_primary DESC, role.name, held.valid_from)
        FROM membership_role held
        JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id
        LEFT JOIN audit_subject granter ON granter.tenant_id = held.tenant_id AND granter.user_id = held.granted_by
        CROSS JOIN LATERAL (SELECT CASE WHEN NOT role.is_owner
          THEN granting_chain(role.tenant_id, role.id, ${permission}, ${context}::jsonb) END AS path) granting
        WHERE held.tenant_id = tenant.id AND held.membership_id = membership.id
          AND ${roleGrants(permission, Prisma.sql`NULL`, 'any')}), '[]') AS assignments
    FROM tenant
    LEFT JOIN membership ON membership.tenant_id = tenant.id AND membership.user_id = ${userId} AND membership.status <> 'left'
    WHERE tenant.id = ${tenantId}::uuid`;
  if (!facts) throw new Error('the tenant of the question does not exist');
  return facts;
}

/** The platform roles by which the user holds the permission in this tenant. A tenant learns the role and nothing more. */
async function readPlatformAssignments(
  tx: Tx,
  { userId, permission, resource = {} }: Question,
): Promise<GrantingAssignment[]> {
  const rows = await tx.$queryRaw<{ role: GrantingAssignment['role']; path: GrantPath | null }[]>`
    SELECT jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner, 'version', version) AS role,
      way AS path
    FROM through_platform(${permission}, ${userId}, ${JSON.stringify(resource)}::jsonb, false) ORDER BY role_name`;
  return rows.map((row) => ({ ...PLATFORM_ASSIGNMENT, ...row }));
}

/** An assignment of a platform role, of which a tenant learns only the role. */
export const PLATFORM_ASSIGNMENT = {
  via: 'platform',
  membershipId: null,
  state: 'current',
  conditionsMet: true,
  validFrom: null,
  validUntil: null,
  endedAt: null,
  grantedAt: null,
  grantedBy: null,
} as const;
