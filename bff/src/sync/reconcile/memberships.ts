import { Prisma } from '@rolecall/prisma/client';
import { type IdentityMembership, IdentityUnreadable } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { applyMembership, applyMembershipDeleted } from '../apply/membership.ts';
import { joinMembers } from '../apply/membership-bulk.ts';
import { lockOrganization, lockUsers } from '../context.ts';
import { pullsRoles, pushesRoles } from '../role-names.ts';
import { compareMembership, type StoredMembership } from './drift/diff.ts';
import { createMembership, pushMembership } from './push.ts';
import {
  changedSince,
  type MissingRef,
  matchesSelection,
  notSeenInRun,
  type ReconciledType,
  selectionLimit,
  type Update,
} from './resource.ts';

type Stored = StoredMembership & { objectId: string; updatedAt: Date };

export const membershipType: ReconciledType<IdentityMembership> = {
  type: 'membership',
  chunk: 250,
  list: (directory, cursor) => directory.listMemberships(cursor),
  async fetch(directory, { organizationId, userId }) {
    if (!organizationId || !userId)
      throw new IdentityUnreadable('A membership is fetched by its user and organization');
    return directory.fetchMembership(organizationId, userId);
  },
  refOf: ({ id, userId, organization }) => ({ objectId: id, userId, organizationId: organization.id }),
  countOurs: (tx) => tx.membership.count({ where: { identityMembershipId: { not: null }, status: { not: 'left' } } }),

  async compare(tx, items, { fetchedAt, settings }) {
    const roles = pullsRoles(settings) || pushesRoles(settings);
    const stored = await readStored(tx, items);
    return items.map((item) => {
      const ours = stored.get(item.id) ?? null;
      if (changedSince(ours && { ...ours, hasEnded: ours.isOver || ours.status === 'left' }, item, fetchedAt))
        return { item, diff: null, isNewer: false };
      const isNewer =
        ours !== null && !ours.isOver && ours.status !== 'left' && ours.identityUpdatedAt < BigInt(item.updatedAt);
      const isPushed = pushesRoles(settings);
      const known = ours && { ...ours, pushStatus: isPushed ? ours.pushStatus : null };
      return { item, diff: compareMembership(known, item, { roles, isPulled: pullsRoles(settings) }), isNewer };
    });
  },

  async apply(tx, updates) {
    // All users before all organizations, each in the order of their ids, as every other writer locks them.
    await lockUsers(tx, sortedIds(updates.map(({ item }) => item.userId)));
    for (const id of sortedIds(updates.map(({ item }) => item.organization.id))) await lockOrganization(tx, id);
    // A tenant's owner comes first, so that the others can join in one batch.
    const makesOwner = ({ item }: Update<IdentityMembership>) => item.organization.createdBy === item.userId;
    for (const { item, ctx } of updates.filter(makesOwner)) await applyMembership(tx, item, ctx);
    const left = await joinMembers(
      tx,
      updates.filter((update) => !makesOwner(update)),
    );
    for (const { item, ctx } of left) await applyMembership(tx, item, ctx);
  },

  push: pushMembership,
  create: createMembership,

  async end(tx, { objectId, userId, organizationId }, ctx) {
    const tenant = await tx.tenant.findFirst({ where: { identityOrgId: organizationId } });
    const stored = tenant && (await tx.membership.findFirst({ where: { tenantId: tenant.id, userId: userId ?? '' } }));
    if (!stored) return 'ignored';
    const updatedAt = Number(stored.identityUpdatedAt);
    const organization = {
      id: organizationId ?? '',
      name: tenant.name,
      slug: tenant.slug,
      createdBy: null,
      createdAt: 0,
      updatedAt: 0,
    };
    const ended = { id: objectId, userId: stored.userId, role: '', organization, createdAt: 0, updatedAt };
    return applyMembershipDeleted(tx, ended, ctx);
  },

  // Memberships of missing users and organizations end with those.
  missingAtProvider: (tx, run, which) => tx.$queryRaw<MissingRef[]>`
    SELECT ${OBJECT_ID} AS "objectId", member.user_id AS "userId", tenant.identity_org_id AS "organizationId",
      member.identity_membership_id IS NULL AS "isLocal"
    FROM membership member
    JOIN tenant ON tenant.id = member.tenant_id AND tenant.identity_org_id IS NOT NULL AND tenant.status <> 'archived'
    JOIN "user" person ON person.id = member.user_id AND person.deleted_at IS NULL
    WHERE ${matchesSelection(OBJECT_ID, which)} AND member.status <> 'left' AND member.created_at < ${run.startedAt}
      AND (member.identity_membership_id IS NOT NULL OR NOT ${'isKnown' in which})
      AND ${notSeenInRun(run.id, 'membership', OBJECT_ID)}
      AND NOT EXISTS (
        SELECT 1 FROM sync_drift missing WHERE missing.run_id = ${run.id}::uuid AND missing.kind = 'extra'
          AND (missing.object_type, missing.object_id) IN (('user', member.user_id), ('organization', tenant.identity_org_id)))
      -- The provider listed a membership of this user that we do not know yet.
      AND NOT EXISTS (
        SELECT 1 FROM sync_drift listed WHERE listed.run_id = ${run.id}::uuid AND listed.object_type = 'membership'
          AND member.identity_membership_id IS NULL AND listed.object_id <> ${OBJECT_ID}
          AND (listed.user_id, listed.organization_id) = (member.user_id, tenant.identity_org_id))
    ORDER BY 1 LIMIT ${selectionLimit(which)}`,
};

/** Members who joined here have no id at the provider. */
const OBJECT_ID = Prisma.sql`coalesce(member.identity_membership_id, member.id::text)`;

const sortedIds = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

/** Reads our copies with their roles, and the role that the provider's role maps to. */
async function readStored(tx: Tx, items: readonly IdentityMembership[]): Promise<Map<string, Stored>> {
  const input = items.map(({ id, userId, role, organization }) => ({
    id,
    userId,
    role,
    organizationId: organization.id,
  }));
  const rows = await tx.$queryRaw<Stored[]>`
    SELECT input.id AS "objectId", member.status::text, tenant.status = 'archived' OR person.deleted_at IS NOT NULL AS "isOver",
      member.identity_membership_id AS "identityMembershipId", member.identity_updated_at AS "identityUpdatedAt",
      member.identity_role AS "identityRole", greatest(member.updated_at, person.deleted_at,
        CASE tenant.status WHEN 'archived' THEN tenant.updated_at END) AS "updatedAt", mapped.key AS "mappedRole",
      coalesce(roles.held, '[]') AS held,
      (SELECT push.status FROM identity_push push
        WHERE push.tenant_id = member.tenant_id AND push.object_type = 'membership' AND push.object_id = member.user_id) AS "pushStatus"
    FROM jsonb_to_recordset(${JSON.stringify(input)}::jsonb) AS input (id text, "userId" text, role text, "organizationId" text)
    JOIN tenant ON tenant.identity_org_id = input."organizationId"
    JOIN membership member ON member.tenant_id = tenant.id AND member.user_id = input."userId"
    JOIN "user" person ON person.id = member.user_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('key', role.key, 'isFromProvider', assignment.granted_by IS NULL,
        'isShared', role.identity_role IS NOT NULL AND NOT role.is_owner)) AS held
      FROM membership_role assignment JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id
      WHERE assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id AND assignment.ended_at IS NULL
    ) roles ON true
    LEFT JOIN LATERAL (
      SELECT role.key FROM role
      WHERE role.tenant_id = tenant.id AND role.deleted_at IS NULL AND role.identity_role = input.role AND NOT role.is_owner
      ORDER BY role.name LIMIT 1
    ) mapped ON true`;
  return new Map(rows.map((row) => [row.objectId, row]));
}
