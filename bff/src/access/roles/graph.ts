import type { Prisma } from '@rolecall/prisma/client';
import { AppError } from '../../core/errors.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { type Conditions, type Grant, isCovered, keyOfGrant } from '../conditions.ts';
import { lineage, MAX_ANCESTORS } from '../lineage.ts';

interface Node {
  id: string;
  parentRoleId: string | null;
  own: Grant[];
  /** What the role granted so far, as stored. */
  unconditional: string[];
  conditional: Grant[];
}

export interface RoleGraph {
  /** By role id, everything the role granted before and grants now, own and inherited. */
  before: Map<string, readonly Grant[]>;
  after: Map<string, readonly Grant[]>;
  /** What any role grants that it did not grant before, or not as widely, and the reverse. */
  gained: Grant[];
  lost: Grant[];
}

/**
 * Updates what every role of the tenant grants, own and inherited. The caller holds the tenant's lock. Throws role_cycle when a role
 * inherits from itself or too deeply.
 */
export async function refreshEffective(tx: Tx, tenantId: string): Promise<RoleGraph> {
  const nodes = await readNodes(tx, tenantId);
  const graph: RoleGraph = { before: new Map(), after: new Map(), gained: [], lost: [] };
  for (const node of nodes.values()) {
    const { unconditional, conditional } = effectiveOf(node, nodes);
    const before = [...asGrants(node.unconditional), ...node.conditional];
    const after = [...asGrants(unconditional), ...conditional];
    graph.before.set(node.id, before);
    graph.after.set(node.id, after);
    graph.gained.push(...after.filter((grant) => !isCovered(grant, before)));
    graph.lost.push(...before.filter((grant) => !isCovered(grant, after)));
    const isUnconditionalNew = unconditional.join() !== [...node.unconditional].sort().join();
    const isConditionalNew = keysOf(conditional) !== keysOf(node.conditional);
    if (!isUnconditionalNew && !isConditionalNew) continue;
    await tx.role.update({
      where: { tenantId_id: { tenantId, id: node.id } },
      data: {
        ...(isUnconditionalNew ? { effectivePermissions: unconditional } : {}),
        ...(isConditionalNew ? { conditionalPermissions: conditional as unknown as Prisma.InputJsonValue } : {}),
      },
    });
  }
  return graph;
}

async function readNodes(tx: Tx, tenantId: string): Promise<Map<string, Node>> {
  const nodes = await tx.$queryRaw<Node[]>`
    SELECT role.id::text, role.parent_role_id::text AS "parentRoleId", role.effective_permissions AS unconditional,
      role.conditional_permissions AS conditional, coalesce(granted.own, '[]') AS own
    FROM role
    LEFT JOIN (
      SELECT role_id, jsonb_agg(jsonb_build_object('code', permission_code, 'conditions', conditions)) AS own
      FROM role_permission WHERE tenant_id = ${tenantId}::uuid GROUP BY role_id
    ) granted ON granted.role_id = role.id
    WHERE role.tenant_id = ${tenantId}::uuid AND role.deleted_at IS NULL`;
  return new Map(nodes.map((node) => [node.id, node]));
}

function effectiveOf(role: Node, nodes: ReadonlyMap<string, Node>) {
  const unconditional = new Set<string>();
  const conditional = new Map<string, Grant & { conditions: Conditions }>();
  const line = [...lineage(role, ({ parentRoleId }) => nodes.get(parentRoleId ?? ''))];
  if (line.length > MAX_ANCESTORS + 1) throw new AppError('role_cycle');
  for (const { own } of line) {
    for (const { code, conditions } of own) {
      if (conditions) conditional.set(keyOfGrant({ code, conditions }), { code, conditions });
      else unconditional.add(code);
    }
  }
  return {
    unconditional: [...unconditional].sort(),
    conditional: [...conditional.values()].filter(({ code }) => !unconditional.has(code)),
  };
}

const asGrants = (codes: readonly string[]): Grant[] => codes.map((code) => ({ code, conditions: null }));
const keysOf = (grants: readonly Grant[]) => grants.map(keyOfGrant).sort().join('\n');
