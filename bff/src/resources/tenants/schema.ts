import { z } from 'zod';
import { Instant, instantRange, line, listQuery, TenantKind, TenantStatus } from '../../core/schema.ts';
import { SLUG } from '../../core/text/slug.ts';

/** `missing`: no owner can act. Not yet in a tenant that never had one: `new` on its first day, `invited` while one is invited. */
const Ownership = z.enum(['owned', 'invited', 'new', 'missing']);

export const Tenant = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  status: TenantStatus,
  kind: TenantKind,
  /** Members who have not left. */
  memberCount: z.number().int(),
  /** The organization's id at the identity provider. */
  identityOrgId: z.string().nullable(),
  ownership: Ownership,
  ownerlessSince: Instant.nullable(),
  version: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Tenant = z.infer<typeof Tenant>;

export const TenantDetail = Tenant.extend({
  /** Members who have access while the tenant is usable: neither membership nor account is blocked, and a role is in effect. */
  activeMemberCount: z.number().int(),
});
export type TenantDetail = z.infer<typeof TenantDetail>;

export const TenantCreated = TenantDetail.extend({
  /** The invitation of the first owner. Its link is returned once, and null for a retry. */
  ownerInvitation: z
    .object({ id: z.string(), email: z.string(), expiresAt: Instant, isSent: z.boolean(), acceptUrl: z.string() })
    .nullable(),
});
export type TenantCreated = z.infer<typeof TenantCreated>;

const Slug = z.string().min(2).max(63).regex(SLUG, 'slug');

export const TenantCreate = z.strictObject({
  name: line(120),
  slug: Slug,
  /** Who is invited as the first owner, in the same transaction. */
  ownerEmail: z.string().trim().max(320).normalize('NFC').optional(),
});
export const TenantUpdate = z
  .strictObject({
    name: line(120).optional(),
    slug: Slug.optional(),
    status: TenantStatus.optional(),
    /** For the audit log. */
    reason: line(500).optional(),
  })
  .refine((body) => Object.keys(body).some((key) => key !== 'reason'), 'nothing_to_change');
export const TenantListQuery = listQuery(['name', 'createdAt'], {
  slug: z.string().max(63).optional(),
  status: TenantStatus.optional(),
  kind: TenantKind.optional(),
  /** `true`: no owner can act (`missing`); `false`: one can. */
  ownerless: z.enum(['true', 'false']).optional(),
  ...instantRange('createdAt'),
});
