import { z } from 'zod';
import {
  Instant,
  InstantInput,
  instantRange,
  line,
  listQuery,
  RoleRef,
  UserId,
  UserRef,
  Uuid,
} from '../../core/schema.ts';

export const MemberRole = RoleRef.extend({
  isOwner: z.boolean(),
  isPrimary: z.boolean(),
  validFrom: Instant,
  /** When the assignment ends; null for no end. */
  validUntil: Instant.nullable(),
  grantedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  grantedAt: Instant,
});
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.object({
  id: z.string(),
  tenantId: z.string(),
  user: UserRef.extend({ banned: z.boolean(), deletedAt: Instant.nullable() }),
  status: z.enum(['active', 'suspended', 'left']),
  roles: z.array(MemberRole),
  /** invitation, identity, bootstrap, platform */
  source: z.string(),
  version: z.number().int(),
  createdAt: Instant,
  leftAt: Instant.nullable(),
});
export type Member = z.infer<typeof Member>;

export const MemberParams = z.object({ tenantId: Uuid, memberId: Uuid });
export const MemberUpdate = z
  .strictObject({
    status: z.enum(['active', 'suspended']).optional(),
    /** The complete set of roles; assignments of other roles end. */
    roles: z
      .array(
        z.strictObject({
          roleId: Uuid,
          isPrimary: z.boolean().optional(),
          /** When the assignment starts; when omitted, now or as before. */
          validFrom: InstantInput.nullish(),
          /** When the assignment ends, by the clock of the database. */
          validUntil: InstantInput.nullish(),
        }),
      )
      .max(50)
      .optional(),
    reason: line(500).optional(),
  })
  .refine((body) => body.status !== undefined || body.roles !== undefined, 'nothing_to_change');
/** A change of the roles of many members: up to 500 by id, or up to 5,000 by the filters of the list. */
export const BulkRoles = z
  .strictObject({
    memberIds: z.array(Uuid).min(1).max(500).optional(),
    filter: z
      .strictObject({
        q: z.string().trim().max(200).optional(),
        roleId: Uuid.optional(),
        status: z.enum(['active', 'suspended']).optional(),
      })
      .optional(),
    add: z.array(Uuid).max(20).default([]),
    remove: z.array(Uuid).max(20).default([]),
    /** When the added roles end. */
    validUntil: InstantInput.nullish(),
    reason: line(500).optional(),
  })
  .refine((body) => (body.memberIds === undefined) !== (body.filter === undefined), 'either_members_or_filter')
  .refine((body) => body.add.length + body.remove.length > 0, 'nothing_to_change')
  .refine((body) => !body.add.some((id) => body.remove.includes(id)), 'added_and_removed');
export type BulkRoles = z.input<typeof BulkRoles>;

export const BulkRolesProgress = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  total: z.number().int(),
  /** Members processed, of `total`. */
  done: z.number().int(),
  changed: z.number().int(),
  /** Members who were not changed: `grant_exceeds_own` (they hold more than the actor) or `not_found` (they left). */
  refused: z.array(z.object({ memberId: z.string(), name: z.string(), code: z.string() })),
  /** The error code, when status is `failed`. */
  error: z.string().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type BulkRolesProgress = z.infer<typeof BulkRolesProgress>;
export const BulkRolesParams = z.object({ tenantId: Uuid, changeId: Uuid });

export const MemberListQuery = listQuery(['name', 'createdAt'], {
  status: z.enum(['active', 'suspended', 'left']).optional(),
  roleId: Uuid.optional(),
  userId: UserId.optional(),
  /** Members with a role that ends before then. */
  endsBefore: InstantInput.optional(),
  ...instantRange('createdAt'),
});
