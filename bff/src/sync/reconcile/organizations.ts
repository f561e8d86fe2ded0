import { Prisma } from '@rolecall/prisma/client';
import type { IdentityOrganization } from '../../core/identity-provider.ts';
import { applyOrganization, applyOrganizationDeleted } from '../apply/organization.ts';
import { compareOrganization } from './drift/diff.ts';
import { changedSince, matchesSelection, notSeenInRun, type ReconciledType, selectionLimit } from './resource.ts';

const refOf = (objectId: string) => ({ objectId, userId: null, organizationId: null });

export const organizationType: ReconciledType<IdentityOrganization> = {
  type: 'organization',
  chunk: 50,
  list: (directory, cursor) => directory.listOrganizations(cursor),
  fetch: (directory, { objectId }) => directory.fetchOrganization(objectId),
  refOf: ({ id }) => refOf(id),
  countOurs: (tx) => tx.tenant.count({ where: { identityOrgId: { not: null }, status: { not: 'archived' } } }),

  async compare(tx, items, { fetchedAt }) {
    const rows = await tx.tenant.findMany({ where: { identityOrgId: { in: items.map(({ id }) => id) } } });
    const stored = new Map(rows.map((row) => [row.identityOrgId, row]));
    return items.map((item) => {
      const ours = stored.get(item.id) ?? null;
      if (changedSince(ours && { ...ours, hasEnded: ours.status === 'archived' }, item, fetchedAt))
        return { item, diff: null, isNewer: false };
      const isNewer = ours !== null && ours.status !== 'archived' && ours.identityUpdatedAt < BigInt(item.updatedAt);
      return { item, diff: compareOrganization(ours, item), isNewer };
    });
  },

  async apply(tx, updates) {
    const ordered = [...updates].sort((a, b) => (a.item.id < b.item.id ? -1 : 1));
    for (const { item, ctx } of ordered) await applyOrganization(tx, item, ctx);
  },

  push: null,
  create: null,
  end: (tx, { objectId }, ctx) => applyOrganizationDeleted(tx, objectId, null, ctx),

  async missingAtProvider(tx, run, which) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT identity_org_id AS id FROM tenant
      WHERE ${matchesSelection(Prisma.sql`identity_org_id`, which)} AND status <> 'archived' AND created_at < ${run.startedAt}
        AND ${notSeenInRun(run.id, 'organization', Prisma.sql`tenant.identity_org_id`)}
      ORDER BY identity_org_id LIMIT ${selectionLimit(which)}`;
    return rows.map(({ id }) => refOf(id));
  },
};
