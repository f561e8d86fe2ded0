import type { Tx } from '../db/tenant-tx.ts';
import { AppError } from '../errors.ts';

/** How far inheritance may reach. */
const MAX_DEPTH = 8;

interface Node {
  id: string;
  parentRoleId: string | null;
  own: string[];
  effective: string[];
}

/**
 * Brings every role's effective permissions in line with the tenant's role graph and tells what each role holds now.
 * The caller holds the tenant's lock. Throws role_cycle when a role inherits from itself or too deeply.
 */
export async function refreshEffective(tx: Tx, tenantId: string): Promise<Map<string, string[]>> {
  const roles = await tx.role.findMany({
    where: { tenantId, deletedAt: null },
    select: {
      id: true,
      parentRoleId: true,
      effectivePermissions: true,
      permissions: { select: { permissionCode: true } },
    },
  });
  const nodes = new Map<string, Node>(
    roles.map(({ id, parentRoleId, effectivePermissions, permissions }) => [
      id,
      { id, parentRoleId, effective: effectivePermissions, own: permissions.map((grant) => grant.permissionCode) },
    ]),
  );
  const result = new Map<string, string[]>();
  for (const node of nodes.values()) {
    const effective = [...effectiveOf(node, nodes)].sort();
    result.set(node.id, effective);
    if (effective.join() !== [...node.effective].sort().join()) {
      await tx.role.update({
        where: { tenantId_id: { tenantId, id: node.id } },
        data: { effectivePermissions: effective },
      });
    }
  }
  return result;
}

function effectiveOf(role: Node, nodes: ReadonlyMap<string, Node>): Set<string> {
  const codes = new Set<string>();
  const visited = new Set<string>();
  for (let node: Node | undefined = role; node; node = node.parentRoleId ? nodes.get(node.parentRoleId) : undefined) {
    if (visited.has(node.id) || visited.size > MAX_DEPTH) throw new AppError('role_cycle');
    visited.add(node.id);
    for (const code of node.own) codes.add(code);
  }
  return codes;
}
