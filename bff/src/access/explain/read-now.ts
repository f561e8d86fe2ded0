import type { UserRef } from '../../core/schema.ts';
import { asUser, type Tx } from '../../db/tenant-tx.ts';
import { type ActorAccess, contextOf, readAccessTo } from '../actor.ts';
import {
  type AccessSnapshot,
  type GrantingAssignment,
  type GrantPath,
  type Question,
  unknownPermission,
} from './snapshot.ts';

/** A snapshot of now, and beside it what is asked only of the present. */
export interface LiveSnapshot extends AccessSnapshot {
  question: Question;
  access: ActorAccess;
  /** What conditions are evaluated against, as JSON. */
  context: string;
  /** Every role that is assigned now or will be: the actor must hold what they grant to change this member. */
  assignedRoleIds: readonly string[];
}

/** Reads what the guard decides for the user, and why. What is shown of a user outside the tenant depends on `caller`. */
export async function readNow(tx: Tx, caller: ActorAccess, question: Question): Promise<LiveSnapshot> {
  const { tenantId, userId, permission, resource = {} } = question;
  const scope = { tenantId, userId: caller.user?.id ?? null };
  const access = await asUser(tx, scope, userId, (as) => readAccessTo(as, resource));
  const context = contextOf(access, resource);
  const rows = await readRows(tx, question, context);
  const knowsAllUsers = caller.platformPermissions.has('users:read');
  const profile = knowsAllUsers && access.user ? access.user : { name: null, email: null };
  const isKnown = rows.person !== null || knowsAllUsers;
  const viaPlatform = access.platformPermissions.has(permission);
  return {
    question,
    access,
    context,
    assignedRoleIds: rows.assignedRoleIds,
    permission: rows.permission ?? unknownPermission(permission),
    user: rows.person ?? { id: userId, name: profile.name, email: profile.email, imageUrl: null },
    tenant: rows.tenant,
    standing: {
      userState: isKnown && access.tenant ? (access.user?.state ?? null) : null,
      tenantStatus: access.tenant?.status ?? null,
      membership: access.membership,
    },
    allowed: { viaTenant: access.permissions.has(permission), viaPlatform },
    assignments: [...rows.assignments, ...(viaPlatform ? await readPlatformAssignments(tx, question) : [])],
  };
}

interface Rows {
  tenant: AccessSnapshot['tenant'];
  permission: AccessSnapshot['permission'] | null;
  /** What this tenant may know of the user; null when that is nothing. */
  person: UserRef | null;
  assignments: GrantingAssignment[];
  assignedRoleIds: string[];
}

async function readRows(tx: Tx, { userId, permission }: Question, context: string): Promise<Rows> {
  const [rows] = await tx.$queryRaw<Rows[]>`
    SELECT tenant, permission, person, assignments, assigned_role_ids AS "assignedRoleIds"
    FROM access_snapshot(${userId}, ${permission}, ${context}::jsonb)`;
  if (!rows) throw new Error('the tenant of the question does not exist');
  return rows;
}

/** The platform roles by which the user holds the permission in this tenant. A tenant learns the role and nothing more. */
async function readPlatformAssignments(
  tx: Tx,
  { userId, permission, resource = {} }: Question,
): Promise<GrantingAssignment[]> {
  const rows = await tx.$queryRaw<{ role: GrantingAssignment['role']; path: GrantPath | null }[]>`
    SELECT jsonb_build_object('id', role_id, 'key', role_key, 'name', role_name, 'isOwner', is_owner, 'version', version) AS role,
      path
    FROM platform_grants(${permission}, ${userId}, ${JSON.stringify(resource)}::jsonb, false) ORDER BY role_name`;
  return rows.map((row) => ({ ...PLATFORM_ASSIGNMENT, ...row }));
}

/** An assignment of a platform role, of which a tenant learns only the role. */
const PLATFORM_ASSIGNMENT = {
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
