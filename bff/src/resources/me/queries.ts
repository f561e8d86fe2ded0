import { createHash } from 'node:crypto';
import type { AuthorizedContext } from '../../access/actor.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { Me } from './schema.ts';

interface MembershipRow {
  tenant_id: string;
  tenant_slug: string;
  tenant_name: string;
  tenant_kind: 'platform' | 'customer';
  tenant_status: Me['memberships'][number]['status'];
  membership_id: string;
  membership_status: 'active' | 'suspended';
  roles: Me['memberships'][number]['roles'];
  permissions: string[];
  identity_org_id: string | null;
}

export async function readMe({ services, scope, access, actor }: AuthorizedContext): Promise<Me> {
  const { impersonatorId } = actor;
  const { rows, image, impersonator } = await tenantRead(services.db.server, scope, async (client) => ({
    rows: await client.$queryRaw<MembershipRow[]>`
      SELECT held.*, behind.identity_org_id
      FROM actor_memberships() WITH ORDINALITY held LEFT JOIN actor_organizations() behind USING (tenant_id)
      ORDER BY held.ordinality`,
    image: await client.user.findFirst({ where: { id: scope.userId ?? '' }, select: { imageUrl: true } }),
    impersonator: impersonatorId
      ? (await client.$queryRaw<{ name: string }[]>`SELECT name FROM impersonator(${impersonatorId})`)[0]
      : undefined,
  }));
  const me = {
    user: {
      id: access.user?.id ?? '',
      name: access.user?.name ?? '',
      email: access.user?.email ?? null,
      imageUrl: image?.imageUrl ?? null,
    },
    memberships: rows.map((row) => ({
      tenantId: row.tenant_id,
      membershipId: row.membership_id,
      slug: row.tenant_slug,
      name: row.tenant_name,
      kind: row.tenant_kind,
      status: row.tenant_status,
      membershipStatus: row.membership_status,
      roles: row.roles,
      permissions: row.permissions,
      identityOrgId: row.identity_org_id,
    })),
    platform: { permissions: [...access.platformPermissions] },
    impersonation: impersonatorId
      ? {
          // Staff of the provider have no account here.
          by: { id: impersonatorId, name: impersonator?.name ?? impersonatorId },
          isReadOnly: !services.config.impersonatedWrites,
        }
      : null,
  };
  return { ...me, version: createHash('sha256').update(JSON.stringify(me)).digest('base64url').slice(0, 16) };
}
