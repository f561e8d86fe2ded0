import { z } from 'zod';
import { Conditions } from '../../access/conditions.ts';
import { PERMISSION_CODE } from '../../access/permissions.ts';
import { digits, Instant, line, listQuery, RoleRef, text, Uuid } from '../../core/schema.ts';

export const Role = RoleRef.extend({
  tenantId: z.string(),
  description: z.string(),
  /** System roles cannot be changed. */
  isSystem: z.boolean(),
  isDefault: z.boolean(),
  /** Grants every permission of the tenant, also those added later. */
  isOwner: z.boolean(),
  isSelfAssignable: z.boolean(),
  parent: RoleRef.nullable(),
  identityRole: z.string().nullable(),
  permissionCount: z.number().int(),
  /** Members who hold it now or later, as `members?roleId=` lists them. */
  memberCount: z.number().int(),
  version: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Role = z.infer<typeof Role>;

export const RoleDetail = Role.extend({
  permissions: z.array(
    z.object({
      code: z.string(),
      description: z.string(),
      /** The ancestor that grants it; null when the role grants it itself. */
      inheritedFrom: RoleRef.nullable(),
      /** Conditions of that grant; null for none. */
      conditions: Conditions.nullable(),
      /** Neither the role nor an ancestor grants it without conditions. */
      isConditional: z.boolean(),
      /** Grants nothing until it is restored. */
      isRetired: z.boolean(),
    }),
  ),
  children: z.array(RoleRef),
});
export type RoleDetail = z.infer<typeof RoleDetail>;

/** A role after one of its changes. */
export const RoleVersion = z.object({
  number: z.number().int(),
  snapshot: z.object({
    name: z.string(),
    description: z.string(),
    /** Without inherited permissions. */
    permissions: z.array(z.string()),
    conditions: z.record(z.string(), Conditions),
    parent: RoleRef.nullable(),
    isDefault: z.boolean(),
    isSelfAssignable: z.boolean(),
  }),
  /** Null for the system. */
  changedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  reason: z.string().nullable(),
  createdAt: Instant,
});
export type RoleVersion = z.infer<typeof RoleVersion>;

const Code = z.string().regex(PERMISSION_CODE, 'permission_code');
const Codes = z.array(Code).max(500);
/** By code; each must be among the role's own permissions. The others are granted without conditions. */
const ConditionsByCode = z.record(Code, Conditions);

export const RoleParams = z.object({ tenantId: Uuid, roleId: Uuid });
const Key = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'key');
export const RoleCreate = z.strictObject({
  name: line(80),
  /** Stable name for code; derived from the name when omitted. */
  key: Key.optional(),
  description: text(500).default(''),
  permissions: Codes.default([]),
  conditions: ConditionsByCode.default({}),
  parentRoleId: Uuid.nullish(),
  isDefault: z.boolean().default(false),
  isSelfAssignable: z.boolean().default(false),
  /** Name of the role at the identity provider, which may then assign it: `org:teacher`, or `teacher` in public metadata. */
  identityRole: line(120).nullish(),
  reason: line(500).optional(),
});
export const RoleUpdate = z
  .strictObject({
    name: line(80).optional(),
    description: text(500).optional(),
    permissions: Codes.optional(),
    /** Replaces all conditions. When omitted, grants that stay keep theirs. */
    conditions: ConditionsByCode.optional(),
    parentRoleId: Uuid.nullish(),
    isDefault: z.boolean().optional(),
    isSelfAssignable: z.boolean().optional(),
    /** Null: the identity provider may no longer assign it. */
    identityRole: line(120).nullish(),
    reason: line(500).optional(),
  })
  .refine((body) => Object.keys(body).some((key) => key !== 'reason'), 'nothing_to_change');
export const RoleClone = z.strictObject({ name: line(80), key: Key.optional(), reason: line(500).optional() });
/** The role that replaces the deleted one for members and open invitations. */
export const RoleDeleteQuery = z.strictObject({ remapTo: Uuid.optional() });
export const RoleVersionParams = RoleParams.extend({ number: digits(1, 2_147_483_647) });
export const RoleRestore = z.strictObject({ reason: line(500).optional() });
export const RoleVersionListQuery = listQuery(['number'], {});
export const RoleListQuery = listQuery(['name', 'createdAt'], {
  /** The role that has this key or this name at the provider; in another case too, where that names one role. */
  key: z.string().max(120).optional(),
  isSystem: z.enum(['true', 'false']).optional(),
});
