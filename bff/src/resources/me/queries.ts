import { createHash } from 'node:crypto';
import { Prisma } from '@rolecall/prisma/client';
import { allOf, oneOf, type Read, type ReadRequest } from '../../http/read.ts';
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
interface OtherRow {
  image_url: string | null;
  impersonator: string | null;
}

export const readMe = ({ services, impersonatorId }: ReadRequest): Read<Me> => ({
  login: 'server',
  statements: [
    Prisma.sql`
      SELECT held.*, behind.identity_org_id
      FROM actor_memberships() WITH ORDINALITY held LEFT JOIN actor_organizations() behind USING (tenant_id)
      ORDER BY held.ordinality`,
    Prisma.sql`
      SELECT (SELECT image_url FROM "user" WHERE id = current_user_id()) AS image_url,
        (SELECT name FROM impersonator(${impersonatorId})) AS impersonator`,
  ],
  answer([memberships, other], access) {
    const { image_url: imageUrl, impersonator } = oneOf<OtherRow>(other);
    return versioned({
      user: {
        id: access?.user?.id ?? '',
        name: access?.user?.name ?? '',
        email: access?.user?.email ?? null,
        imageUrl,
      },
      memberships: allOf<MembershipRow>(memberships).map(membershipOf),
      platform: { permissions: [...(access?.platformPermissions ?? [])] },
      impersonation: impersonatorId
        ? {
            // Staff of the provider have no account here.
            by: { id: impersonatorId, name: impersonator ?? impersonatorId },
            isReadOnly: !services.config.impersonatedWrites,
          }
        : null,
    });
  },
});

const membershipOf = (row: MembershipRow): Me['memberships'][number] => ({
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
});

const versioned = (me: Omit<Me, 'version'>): Me => ({
  ...me,
  version: createHash('sha256').update(JSON.stringify(me)).digest('base64url').slice(0, 16),
});
