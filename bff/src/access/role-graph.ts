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

interface RoleGraph {
  /** Role id -> what it gives now. */
  effective: Map<string, string[]>;
  /** Whatever any role gained or lost. */
  moved: Set<string>;
}

/**
 * Brings every role's effective permissions in line with the tenant's role graph. The caller holds the tenant's lock. Throws role_cycle when a role inherits from itself or too deeply.
 */
export async function refreshEffective(tx: Tx, tenantId: string): Promise<RoleGraph> {
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
  const result: RoleGraph = { effective: new Map(), moved: new Set() };
  for (const node of nodes.values()) {
    const effective = [...effectiveOf(node, nodes)].sort();
    result.effective.set(node.id, effective);
    for (const code of differing(effective, node.effective)) result.moved.add(code);
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

const differing = (a: readonly string[], b: readonly string[]): string[] => [
  ...a.filter((code) => !b.includes(code)),
  ...b.filter((code) => !a.includes(code)),
];
