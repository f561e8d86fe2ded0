import type { Reader } from './as-of.ts';
import type { AccessTimeline } from './schema.ts';

type Interruption = AccessTimeline['interruptions'][number];
interface Change {
  at: string;
  /** Why no assignment is in effect from here on; null when that ends. */
  reason: Interruption['reason'] | null;
}

/** Returns a user's assignments in the current tenant from the first to now, without those that never began. */
export async function readTimeline(client: Reader, tenantId: string, userId: string): Promise<AccessTimeline> {
  const [assignments, membership, tenant, account, [now]] = await Promise.all([
    client.$queryRaw<AccessTimeline['assignments']>`
      SELECT jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name, 'isOwner', role.is_owner) AS role,
        to_json(span.begins) #>> '{}' AS "from", to_json(span.ends) #>> '{}' AS until,
        CASE WHEN assignment.granted_by IS NOT NULL THEN
          jsonb_build_object('id', assignment.granted_by, 'name', coalesce(granter.name, assignment.granted_by)) END AS "grantedBy"
      FROM membership
      JOIN membership_role assignment ON assignment.tenant_id = membership.tenant_id AND assignment.membership_id = membership.id
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
      LEFT JOIN audit_subject granter ON granter.tenant_id = assignment.tenant_id AND granter.user_id = assignment.granted_by
      CROSS JOIN LATERAL (
        SELECT greatest(assignment.valid_from, assignment.created_at) AS begins, least(assignment.ended_at, assignment.valid_until) AS ends) span
      WHERE membership.tenant_id = ${tenantId}::uuid AND membership.user_id = ${userId}
        AND span.begins <= clock_timestamp() AND (span.ends IS NULL OR span.ends > span.begins)
      ORDER BY span.begins, role.name`,
    client.$queryRaw<Change[]>`
      SELECT to_json(changed.at) #>> '{}' AS at, nullif(changed.state ->> 'status', 'active') AS reason
      FROM membership JOIN access_history changed
        ON changed.tenant_id = membership.tenant_id AND changed.kind = 'membership' AND changed.entity_id = membership.id::text
      WHERE membership.tenant_id = ${tenantId}::uuid AND membership.user_id = ${userId} ORDER BY changed.at`,
    client.$queryRaw<Change[]>`
      SELECT to_json(at) #>> '{}' AS at,
        CASE WHEN NOT tenant_is_usable((state ->> 'status')::"TenantStatus") THEN 'tenant_not_active' END AS reason
      FROM access_history WHERE tenant_id = ${tenantId}::uuid AND kind = 'tenant' ORDER BY access_history.at`,
    client.$queryRaw<Change[]>`
      SELECT to_json(at) #>> '{}' AS at, CASE WHEN state <> '{"banned": false, "deleted": false}' THEN 'blocked' END AS reason
      FROM changes_outside_tenant('-infinity', clock_timestamp())
      WHERE kind = 'user' AND entity_id = ${userId} ORDER BY changes_outside_tenant.at`,
    client.$queryRaw<{ at: string }[]>`SELECT to_json(clock_timestamp()) #>> '{}' AS at`,
  ]);
  const to = now?.at ?? new Date().toISOString();
  return {
    from: assignments[0]?.from ?? to,
    to,
    assignments,
    interruptions: [membership, tenant, account].flatMap(interruptionsOf),
  };
}

/** From each change that interrupts to the next that does not. */
const interruptionsOf = (changes: readonly Change[]): Interruption[] =>
  changes.flatMap(({ at, reason }, index) => {
    if (reason === null || changes[index - 1]?.reason === reason) return [];
    const end = changes.slice(index + 1).find((later) => later.reason !== reason);
    return [{ reason, from: at, until: end?.at ?? null }];
  });
