import type { Prisma } from 'database/client';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type Conditions, type Grant, isCovered, keyOfGrant } from '../conditions.ts';

/** How far inheritance may reach. */
const MAX_DEPTH = 8;

interface Node {
  id: string;
  parentRoleId: string | null;
  own: Grant[];
  /** What the role gave so far, as the columns have it. */
  always: string[];
  sometimes: Grant[];
}

interface RoleGraph {
  /** Role id -> all it gave before and gives now, own and inherited. */
  before: Map<string, readonly Grant[]>;
  after: Map<string, readonly Grant[]>;
  /** What any role gives that it did not give before, or not as widely, and the reverse. */
  gained: Grant[];
  lost: Grant[];
}

/**
 * Brings what every role gives in line with the tenant's role graph. The caller holds the tenant's lock. Throws role_cycle
 * when a role inherits from itself or too deeply.
 */
export async function refreshEffective(tx: Tx, tenantId: string): Promise<RoleGraph> {
  const nodes = await readNodes(tx, tenantId);
  const graph: RoleGraph = { before: new Map(), after: new Map(), gained: [], lost: [] };
  for (const node of nodes.values()) {
    const { always, sometimes } = effectiveOf(node, nodes);
    const before = [...unconditional(node.always), ...node.sometimes];
    const after = [...unconditional(always), ...sometimes];
    graph.before.set(node.id, before);
    graph.after.set(node.id, after);
    graph.gained.push(...after.filter((grant) => !isCovered(grant, before)));
    graph.lost.push(...before.filter((grant) => !isCovered(grant, after)));
    const isAlwaysNew = always.join() !== [...node.always].sort().join();
    const isSometimesNew = keysOf(sometimes) !== keysOf(node.sometimes);
    if (!isAlwaysNew && !isSometimesNew) continue;
    await tx.role.update({
      where: { tenantId_id: { tenantId, id: node.id } },
      data: {
        ...(isAlwaysNew ? { effectivePermissions: always } : {}),
        ...(isSometimesNew ? { conditionalPermissions: sometimes as unknown as Prisma.InputJsonValue } : {}),
      },
    });
  }
  return graph;
}

async function readNodes(tx: Tx, tenantId: string): Promise<Map<string, Node>> {
  const nodes = await tx.$queryRaw<Node[]>`
    SELECT role.id::text, role.parent_role_id::text AS "parentRoleId", role.effective_permissions AS always,
      role.conditional_permissions AS sometimes, coalesce(granted.own, '[]') AS own
    FROM role
    LEFT JOIN (
      SELECT role_id, jsonb_agg(jsonb_build_object('code', permission_code, 'conditions', conditions)) AS own
      FROM role_permission WHERE tenant_id = ${tenantId}::uuid GROUP BY role_id
    ) granted ON granted.role_id = role.id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`;
  return new Map(nodes.map((node) => [node.id, node]));
}

function effectiveOf(role: Node, nodes: ReadonlyMap<string, Node>) {
  const always = new Set<string>();
  const sometimes = new Map<string, Grant & { conditions: Conditions }>();
  const visited = new Set<string>();
  for (let node: Node | undefined = role; node; node = node.parentRoleId ? nodes.get(node.parentRoleId) : undefined) {
    if (visited.has(node.id) || visited.size > MAX_DEPTH) throw new AppError('role_cycle');
    visited.add(node.id);
    for (const { code, conditions } of node.own) {
      if (conditions) sometimes.set(keyOfGrant({ code, conditions }), { code, conditions });
      else always.add(code);
    }
  }
  return {
    always: [...always].sort(),
    sometimes: [...sometimes.values()].filter(({ code }) => !always.has(code)),
  };
}

const unconditional = (codes: readonly string[]): Grant[] => codes.map((code) => ({ code, conditions: null }));
const keysOf = (grants: readonly Grant[]) => grants.map(keyOfGrant).sort().join('\n');
