import { Prisma } from '@rolecall/prisma/client';
import { v7 as uuid, v5 as uuidOf } from 'uuid';
import type { z } from 'zod';
import { type AuthorizedContext, assertFields, type FieldRequirements, readAccess } from '../../access/actor.ts';
import { deliverInvitation } from '../../access/invitations/deliver.ts';
import { issuedChange, issueInvitation, requireEmailKey } from '../../access/invitations/issue.ts';
import { limitInvitations } from '../../access/invitations/limit.ts';
import { createTenantRoles, type SystemRole } from '../../access/roles/create-tenant-roles.ts';
import { change } from '../../audit/change.ts';
import { createOnce } from '../../audit/create-once.ts';
import type { RequestContext } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import { searchText } from '../../core/text/fold.ts';
import { sentWithNext } from '../../db/connect/pipelined-client.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import { assertVersion } from '../../http/version.ts';
import { findTenant } from './queries.ts';
import type { TenantCreate, TenantCreated, TenantDetail, TenantUpdate } from './schema.ts';

const RETRY_NAMESPACE = '6f1c1f5e-5d0e-4f0a-9c8e-2b7a4f3d9e10';

const OWNER_INVITATION_DAYS = 14;

/**
 * Creates a tenant with its system roles and invites its first owner, in one transaction. Throws slug_taken, and as issueInvitation,
 * with what is wrong about the address under `ownerEmail`.
 */
export async function createTenant(
  context: RequestContext,
  body: z.output<typeof TenantCreate>,
): Promise<TenantCreated> {
  // A retry must find the first request inside the tenant that it created, so the id is derived from the key.
  const tenantId = context.idempotencyKey
    ? uuidOf(`${context.actor.id}:${context.idempotencyKey}`, RETRY_NAMESPACE)
    : uuid();
  const tenantContext = { ...context, scope: { ...context.scope, tenantId } };
  await assertSlugFree(context, tenantId, body.slug);
  if (body.ownerEmail !== undefined)
    await limitInvitations(tenantContext, requireEmailKey(body.ownerEmail, 'ownerEmail'));
  const { id, created } = await createOnce(
    tenantContext,
    { action: 'tenant.created', category: 'tenant', permission: null, idempotentOn: body },
    async ({ tx, access }) => {
      if (!access.platformPermissions.has('tenants:create')) {
        throw new AppError('permission_denied', { permission: 'tenants:create' });
      }
      await tx.tenant.create({ data: { id: tenantId, ...namesOf(body), ownerlessSince: new Date() } });
      const roles = await createTenantRoles(tx, tenantId, 'customer');
      const issued =
        body.ownerEmail === undefined ? null : await inviteOwner(tx, tenantContext, body.ownerEmail, roles);
      return {
        result: { tenant: await findTenant(tx, tenantId), issued, inviterName: access.user?.name ?? null },
        before: null,
        after: { name: body.name, slug: body.slug, status: 'active' },
        target: { type: 'tenant', id: tenantId, label: body.name },
        also: issued ? [{ ...issuedChange(issued), action: 'invitation.created', category: 'invitation' }] : [],
      };
    },
  );
  if (!created) return { ...(await findTenant(context.services.db.platform, id)), ownerInvitation: null };
  const { tenant, issued, inviterName } = created;
  if (!issued) return { ...tenant, ownerInvitation: null };
  const acceptUrl = deliverInvitation(tenantContext, issued, inviterName);
  const { id: invitationId, email, expiresAt, deliveryStatus } = issued;
  const isSent = deliveryStatus !== 'not-configured';
  return {
    ...tenant,
    ownerInvitation: { id: invitationId, email, expiresAt: expiresAt.toISOString(), isSent, acceptUrl },
  };
}

/** The access is read again: before, the tenant did not exist. */
async function inviteOwner(tx: Tx, context: RequestContext, email: string, roles: SystemRole[]) {
  const roleIds = roles.filter(({ isOwner }) => isOwner).map(({ id }) => id);
  return issueInvitation(tx, await readAccess(tx), context, { email, roleIds, expiresInDays: OWNER_INVITATION_DAYS });
}

export const UPDATE_REQUIRES = {
  name: { anyOf: ['tenant:update', 'tenants:update'] },
  slug: 'tenants:update',
  status: 'tenants:update',
} as const satisfies FieldRequirements;

export async function updateTenant(
  context: AuthorizedContext,
  tenantId: string,
  { reason, ...wanted }: z.output<typeof TenantUpdate>,
): Promise<TenantDetail> {
  if (wanted.slug !== undefined && context.access.platformPermissions.has('tenants:update')) {
    await assertSlugFree(context, tenantId, wanted.slug);
  }
  return change(
    context,
    {
      action: 'tenant.updated',
      category: 'tenant',
      permission: null,
      reason,
      read: (tx) => findTenant(tx, tenantId),
    },
    async ({ tx, access, read }) => {
      assertFields(access, UPDATE_REQUIRES, wanted);
      const stored = await read;
      assertVersion(context.ifMatch, stored, stored);
      if (stored.kind === 'platform' && wanted.status)
        throw new AppError('conflict', { detail: 'The platform cannot be suspended' });

      const fields = (Object.keys(wanted) as (keyof typeof wanted)[]).filter((key) => wanted[key] !== stored[key]);
      const pick = (from: object) => Object.fromEntries(fields.map((key) => [key, (from as typeof wanted)[key]]));
      const result = { ...stored, ...pick(wanted) };
      if (fields.length > 0) {
        const updatedAt = new Date();
        Object.assign(result, { version: stored.version + 1, updatedAt: updatedAt.toISOString() });
        const { name, slug, status } = result;
        await tx.$executeRaw(
          sentWithNext(Prisma.sql`
            UPDATE tenant SET name = ${name}, slug = ${slug}, status = ${status}::"TenantStatus", search_text = ${searchText(name, slug)},
              version = version + 1, updated_at = ${updatedAt}
            WHERE id = ${tenantId}::uuid`),
        );
      }
      return {
        result,
        before: pick(stored),
        after: pick(wanted),
        target: { type: 'tenant', id: tenantId, label: stored.name },
        action: actionOf(stored.status, wanted.status),
      };
    },
  );
}

const namesOf = ({ name, slug }: { name: string; slug: string }) => ({
  name,
  slug,
  searchText: searchText(name, slug),
});

async function assertSlugFree(context: RequestContext, tenantId: string, slug: string): Promise<void> {
  const taken = await context.services.db.platform.tenant.findFirst({ where: { slug }, select: { id: true } });
  if (taken && taken.id !== tenantId) throw new AppError('slug_taken', { errors: { slug: ['slug_taken'] } });
}

function actionOf(before: string, after: string | undefined): string {
  if (after === 'suspended' && before !== 'suspended') return 'tenant.suspended';
  if (before === 'suspended' && (after === 'active' || after === 'trialing')) return 'tenant.reactivated';
  return 'tenant.updated';
}
