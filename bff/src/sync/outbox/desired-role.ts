import type { Tx } from '../../db/tenant-tx.ts';
import { appRoleName } from '../role-names.ts';

/** A member whose role the provider is to be told. */
export interface PushTarget {
  tenantId: string;
  objectType: 'user' | 'membership';
  userId: string;
}

/** What the provider should say, what it last said, and when by our clocks it should say something else. */
export interface Wanted {
  role: string | null;
  known: string | null;
  agrees: boolean;
  organizationId: string | null;
  changesAt: Date | null;
}

interface Row {
  isOver: boolean;
  appRole: string | null;
  orgRole: string | null;
  organizationId: string | null;
  held: { key: string; identityRole: string | null; isDefault: boolean }[];
  changesAt: Date | null;
}

/** Null when there is nothing to tell: the person is gone, or holds nothing that has a name there. */
export async function readDesiredRole(tx: Tx, { tenantId, objectType, userId }: PushTarget): Promise<Wanted | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT person.deleted_at IS NOT NULL OR tenant.status = 'archived' AS "isOver", person.identity_role AS "appRole",
      member.identity_role AS "orgRole", tenant.identity_org_id AS "organizationId",
      coalesce(jsonb_agg(jsonb_build_object('key', role.key, 'identityRole', role.identity_role, 'isDefault', role.is_default)
          ORDER BY held.is_primary DESC, cardinality(role.effective_permissions) DESC, role.name)
        FILTER (WHERE held.valid_from <= clock_timestamp() AND (held.valid_until IS NULL OR held.valid_until > clock_timestamp())),
        '[]') AS held,
      least(min(held.valid_from) FILTER (WHERE held.valid_from > clock_timestamp()),
        min(held.valid_until) FILTER (WHERE held.valid_until > clock_timestamp())) AS "changesAt"
    FROM membership member
    JOIN tenant ON tenant.id = member.tenant_id
    JOIN "user" person ON person.id = member.user_id
    LEFT JOIN membership_role held ON held.tenant_id = member.tenant_id AND held.membership_id = member.id AND held.ended_at IS NULL
    LEFT JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id
    WHERE member.tenant_id = ${tenantId}::uuid AND member.user_id = ${userId}
    GROUP BY member.tenant_id, member.id, tenant.id, person.id`;
  if (!row || row.isOver) return null;
  return objectType === 'user' ? appRole(row) : organizationRole(row);
}

// Who has no role at the provider is what everybody is here without being given anything.
function appRole({ held, appRole: known, changesAt }: Row): Wanted {
  const [primary] = held;
  const role = primary ? appRoleName(primary) : null;
  const agrees = role === known || (known === null && primary?.isDefault === true);
  return { role, known, agrees, organizationId: null, changesAt };
}

function organizationRole({ held, orgRole: known, organizationId, changesAt }: Row): Wanted | null {
  const role = held.find(({ identityRole }) => identityRole !== null)?.identityRole ?? null;
  if (!organizationId || (!role && !changesAt)) return null;
  return { role, known, agrees: role === null || role === known, organizationId, changesAt };
}
