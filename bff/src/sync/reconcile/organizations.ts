import { Prisma } from 'database/client';
import type { IdentityOrganization } from '../../core/identity-provider.ts';
import { applyOrganization, applyOrganizationDeleted } from '../apply/organization.ts';
import { compareOrganization } from './drift/diff.ts';
import { isTouched, isUnseen, isWhich, limitOf, type Reconciled } from './resource.ts';

const refOf = (objectId: string) => ({ objectId, userId: null, organizationId: null });

export const reconciledOrganizations: Reconciled<IdentityOrganization> = {
  type: 'organization',
  chunk: 50,
  list: (directory, cursor) => directory.listOrganizations(cursor),
  fetch: (directory, { objectId }) => directory.fetchOrganization(objectId),
  refOf: ({ id }) => refOf(id),
  countOurs: (tx) => tx.tenant.count({ where: { identityOrgId: { not: null }, status: { not: 'archived' } } }),

  async compare(tx, items, { askedAt }) {
    const rows = await tx.tenant.findMany({ where: { identityOrgId: { in: items.map(({ id }) => id) } } });
    const stored = new Map(rows.map((row) => [row.identityOrgId, row]));
    return items.map((item) => {
      const ours = stored.get(item.id) ?? null;
      if (isTouched(ours && { ...ours, hasEnded: ours.status === 'archived' }, item, askedAt))
        return { item, finding: null, isFresher: false };
      const isFresher = ours !== null && ours.status !== 'archived' && ours.identityUpdatedAt < BigInt(item.updatedAt);
      return { item, finding: compareOrganization(ours, item), isFresher };
    });
  },

  async apply(tx, words) {
    const ordered = [...words].sort((a, b) => (a.item.id < b.item.id ? -1 : 1));
    for (const { item, cause } of ordered) await applyOrganization(tx, item, cause);
  },

  push: null,
  end: (tx, { objectId }, cause) => applyOrganizationDeleted(tx, objectId, null, cause),

  async unlisted(tx, run, which) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT identity_org_id AS id FROM tenant
      WHERE ${isWhich(Prisma.sql`identity_org_id`, which)} AND status <> 'archived' AND created_at < ${run.startedAt}
        AND ${isUnseen(run.id, 'organization', Prisma.sql`tenant.identity_org_id`)}
      ORDER BY identity_org_id LIMIT ${limitOf(which)}`;
    return rows.map(({ id }) => refOf(id));
  },
};
