import type { PrismaClient } from 'database/client';
import { AppError } from '../../core/errors.ts';
import type { RoleRef } from '../../core/schema.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { Conditions } from '../conditions.ts';

export type Reader = Pick<PrismaClient | Tx, '$queryRaw'>;

/** A living role as it was. */
export interface PastRole {
  via: 'tenant' | 'platform';
  id: string;
  key: string;
  name: string;
  isOwner: boolean;
  version: number;
  parentRoleId: string | null;
  own: { code: string; conditions: Conditions | null }[];
  /** What it gave to whoever held it. */
  always: ReadonlySet<string>;
  /** What it gave under conditions only. */
  sometimes: { code: string; conditions: Conditions }[];
}
export type PastRoles = ReadonlyMap<string, PastRole>;

/** A holding that counted. Of the platform's staff only the role is told; `userId` then is null for whoever the tenant did not know. */
export interface PastHolding {
  via: 'tenant' | 'platform';
  userId: string | null;
  membershipId: string | null;
  roleId: string;
  validFrom: string | null;
  validUntil: string | null;
  isPrimary: boolean;
  grantedBy: { id: string; name: string } | null;
  grantedAt: string | null;
  /** Given by the role under conditions, which held. */
  met: string[];
}

/** What somebody could do, and where they stood: what the guard would have read. */
export interface PastAccess {
  userState: 'active' | 'banned' | 'deleted' | null;
  tenantStatus: string | null;
  membership: { id: string; status: 'active' | 'suspended' } | null;
  permissions: ReadonlySet<string>;
  platformPermissions: ReadonlySet<string>;
}

/**
 * The moment a question is about, as the database's own text: the one asked for, or now. Throws validation_failed when it is still
 * to come, or when there was no such tenant yet. `field` is what the fault is called by.
 */
export async function readMoment(
  client: Reader,
  tenantId: string,
  asOf: string | undefined,
  field = 'asOf',
): Promise<string> {
  const [asked] = await client.$queryRaw<{ moment: string; isFuture: boolean; isKnown: boolean }[]>`
    SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS moment, moment > clock_timestamp() AS "isFuture",
      EXISTS (SELECT 1 FROM access_state WHERE tenant_id = ${tenantId}::uuid AND kind = 'tenant' AND at <= moment) AS "isKnown"
    FROM (SELECT coalesce(${asOf ?? null}::timestamptz, clock_timestamp()) AS moment) asked`;
  if (!asked) throw new Error('one row answers');
  if (asked.isFuture) throw new AppError('validation_failed', { errors: { [field]: ['in_the_future'] } });
  if (!asked.isKnown) throw new AppError('validation_failed', { errors: { [field]: ['before_the_tenant'] } });
  return asked.moment;
}

export async function readAccessAt(
  client: Reader,
  userId: string,
  tenantId: string,
  moment: string,
  resource: object = {},
): Promise<PastAccess> {
  const [row] = await client.$queryRaw<
    {
      state: PastAccess['userState'];
      tenant: string | null;
      id: string | null;
      status: 'active' | 'suspended';
      own: string[];
      platform: string[];
    }[]
  >`
    SELECT user_state AS state, tenant_status AS tenant, membership_id::text AS id, membership_status AS status,
      permissions AS own, platform_permissions AS platform
    FROM access_at(${userId}, ${tenantId}::uuid, ${moment}::timestamptz, ${JSON.stringify(resource)}::jsonb)`;
  if (!row) throw new Error('access_at() answers inside the tenant it is asked about');
  return {
    userState: row.state,
    tenantStatus: row.tenant,
    membership: row.id ? { id: row.id, status: row.status } : null,
    permissions: new Set(row.own),
    platformPermissions: new Set(row.platform),
  };
}

type RoleState = Pick<PastRole, 'key' | 'name' | 'isOwner' | 'version' | 'parentRoleId' | 'own'>;

/** The living roles of the current tenant and of the platform, by id. */
export async function readPastRoles(client: Reader, moment: string): Promise<PastRoles> {
  const rows = await client.$queryRaw<
    { via: PastRole['via']; id: string; state: RoleState; always: string[]; sometimes: PastRole['sometimes'] }[]
  >`SELECT via, role_id::text AS id, state, always, sometimes FROM past_roles(${moment}::timestamptz)`;
  return new Map(
    rows.map(({ via, id, state, always, sometimes }) => [
      id,
      { ...state, via, id, always: new Set(always), sometimes },
    ]),
  );
}

/** The holdings that counted, of one person or (null) of everybody. */
export const readPastHoldings = (
  client: Reader,
  tenantId: string,
  userId: string | null,
  moment: string,
  resource: object = {},
): Promise<PastHolding[]> =>
  client.$queryRaw<PastHolding[]>`
    SELECT held.via, held.user_id AS "userId", held.membership_id::text AS "membershipId", held.role_id::text AS "roleId",
      to_json(held.valid_from) #>> '{}' AS "validFrom", to_json(held.valid_until) #>> '{}' AS "validUntil",
      held.is_primary AS "isPrimary", to_json(held.granted_at) #>> '{}' AS "grantedAt",
      CASE WHEN held.granted_by IS NOT NULL THEN
        jsonb_build_object('id', held.granted_by, 'name', coalesce(granter.name, held.granted_by)) END AS "grantedBy",
      held.met
    FROM past_holdings(${userId}, ${moment}::timestamptz, ${JSON.stringify(resource)}::jsonb) held
    LEFT JOIN audit_subject granter
      ON granter.tenant_id = ${tenantId}::uuid AND granter.user_id = held.granted_by
    ORDER BY held.is_primary DESC, held.valid_from`;

export const gave = (role: PastRole, holding: PastHolding, code: string): boolean =>
  role.always.has(code) || holding.met.includes(code);

/** The line of roles from a held one up to the nearest that granted the permission itself. */
export function grantingLine(roles: PastRoles, held: PastRole, code: string): RoleRef[] {
  const line: RoleRef[] = [];
  const isSufficient = ({ conditions }: PastRole['own'][number]) => conditions === null || !held.always.has(code);
  let role: PastRole | undefined = held;
  while (role && line.length < 10) {
    line.push({ id: role.id, key: role.key, name: role.name });
    if (role.own.some((grant) => grant.code === code && isSufficient(grant))) return line;
    role = role.parentRoleId ? roles.get(role.parentRoleId) : undefined;
  }
  return [];
}
