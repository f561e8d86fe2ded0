import type { Tx } from '../db/tenant-tx.ts';

interface RoleRow {
  id: string;
  unconditional: string[];
  conditional: [code: string, conditions: string][];
}

/** What a member with these roles may do: `code`, or `code {conditions}` where it is held only under conditions. */
export type PermissionsOf = (roleIds: readonly string[]) => ReadonlySet<string>;

/** Reads what the roles of the tenant grant. The same roles give the same set. */
export async function readRolePermissions(tx: Tx, tenantId: string): Promise<PermissionsOf> {
  const rows = await tx.$queryRaw<RoleRow[]>`
    WITH catalogue AS MATERIALIZED (SELECT code, scope FROM permission WHERE retired_at IS NULL)
    SELECT role.id::text,
      coalesce((SELECT jsonb_agg(code) FROM catalogue WHERE code = ANY (role.effective_permissions)
        OR (role.is_owner AND (catalogue.scope = 'tenant' OR tenant.kind = 'platform'))), '[]') AS unconditional,
      coalesce((SELECT jsonb_agg(jsonb_build_array(catalogue.code, (entry -> 'conditions')::text))
        FROM jsonb_array_elements(role.conditional_permissions) AS entry JOIN catalogue ON catalogue.code = entry ->> 'code'), '[]')
        AS conditional
    FROM role JOIN tenant ON tenant.id = role.tenant_id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`;
  const roles = new Map(rows.map((row) => [row.id, row]));
  const known = new Map<string, ReadonlySet<string>>();
  return (roleIds) => {
    const key = roleIds.toSorted().join(',');
    const held = known.get(key) ?? union(roleIds.flatMap((id) => roles.get(id) ?? []));
    known.set(key, held);
    return held;
  };
}

function union(roles: readonly RoleRow[]): ReadonlySet<string> {
  const unconditional = new Set(roles.flatMap((role) => role.unconditional));
  const conditional = roles.flatMap((role) => role.conditional).filter(([code]) => !unconditional.has(code));
  return new Set([...unconditional, ...conditional.map(([code, conditions]) => `${code} ${conditions}`)]);
}
