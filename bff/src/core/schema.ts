import { z } from 'zod';
import { isOneLine, isVisible, withoutBidiControls } from './text/text.ts';
import { clampInstantText, isInstant } from './values/instant.ts';

/** An instant of a request: RFC 3339, with an offset that PostgreSQL knows. */
export const InstantInput = z.iso
  .datetime({ offset: true })
  .max(40)
  .regex(/(Z|[+-](0\d|1[0-5]):\d\d)$/, 'instant_offset')
  .refine(isInstant, 'instant_out_of_range');
/** An instant of an answer, clamped to what a request may hold. */
export const Instant = z.preprocess(
  (value) => (typeof value === 'string' ? clampInstantText(value) : value),
  z.iso.datetime({ offset: true }),
) as z.ZodType<string, string>;
/** In lower case, as PostgreSQL writes it, so that it equals the ids of rows. */
export const Uuid = z.uuid().toLowerCase();
/** The id of an object of any kind. */
export const ObjectId = z.union([Uuid, z.string().max(255)]);
/** The provider's user id. */
export const UserId = z.string().min(1).max(255);

/** Typed text, trimmed, without the characters that turn the direction of the text around it. */
export const text = (max: number) => z.string().overwrite(withoutBidiControls).trim().max(max);

/** One line of typed text: well-formed, without control characters, and with something to see. */
export const line = (max: number) =>
  text(max)
    .min(1)
    .refine((typed) => typed.isWellFormed() && isOneLine(typed), 'control_characters')
    .refine(isVisible, 'invisible');

export const UserRef = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  imageUrl: z.string().nullable(),
});
export type UserRef = z.infer<typeof UserRef>;

export const RoleRef = z.object({ id: z.string(), key: z.string(), name: z.string() });
export type RoleRef = z.infer<typeof RoleRef>;
/** What the audit log records of a role: its key tells a system role from a custom one of the same name. */
export const roleRef = ({ id, key, name }: RoleRef): RoleRef => ({ id, key, name });

export const TenantStatus = z.enum(['trialing', 'active', 'suspended', 'cancelled', 'archived']);
export type TenantStatus = z.infer<typeof TenantStatus>;
export const TenantKind = z.enum(['platform', 'customer']);
/** The path parameters of everything inside one tenant. */
export const TenantParams = z.object({ tenantId: Uuid });

export const TenantRef = z.object({ id: z.string(), name: z.string(), slug: z.string() });

export const Page = z.object({
  nextCursor: z.string().nullable(),
  prevCursor: z.string().nullable(),
  /** Counted up to 1,000; of more rows, and of a search, a lower bound, and `totalIsExact` is false. */
  total: z.number().int(),
  totalIsExact: z.boolean(),
});
export type Page = z.infer<typeof Page>;

export const listOf = <T extends z.ZodType>(row: T) => z.object({ data: z.array(row), page: Page });

/** A whole number in a query or a path, in digits and nothing else. */
export const digits = (min: number, max: number) =>
  z.preprocess(
    (text) => (typeof text === 'string' && /^(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN),
    z.number().int().min(min).max(max),
  );

/** How many rows a page of a list has at most. */
export const PageLimit = digits(1, 100).default(25);

const listBase = {
  limit: PageLimit,
  cursor: z.string().max(2000).optional(),
  q: z.string().trim().max(200).optional(),
};

/** Query of a list. `sorts` are field names; `-field` sorts descending. Unknown parameters are rejected. */
export const listQuery = <const S extends readonly [string, ...string[]], F extends z.ZodRawShape>(
  sorts: S,
  filters: F,
) => {
  const both = sorts.flatMap((sort) => [sort, `-${sort}`]) as [S[number] | `-${S[number]}`];
  return z.strictObject({ ...listBase, sort: z.enum(both).optional(), ...filters });
};

/** The filters `field[gte]` and `field[lte]` of an instant. */
export const instantRange = <const F extends string>(field: F) =>
  ({ [`${field}[gte]`]: InstantInput.optional(), [`${field}[lte]`]: InstantInput.optional() }) as Record<
    `${F}[gte]` | `${F}[lte]`,
    z.ZodOptional<typeof InstantInput>
  >;

const EffectCount = z.object({
  code: z.string(),
  count: z.number().int(),
  /** Held only under conditions; a change of the conditions is a loss of the old and a gain of the new. */
  conditional: z.boolean().optional(),
});
/** The response to `dryRun=true`: who would gain and lose which permissions. */
export const Effect = z.object({
  /** Members who would gain or lose a permission, now or later. */
  affected: z.number().int(),
  gains: z.array(EffectCount),
  loses: z.array(EffectCount),
  /** The first 50 of them by name; empty without members:read. */
  members: z.array(
    z.object({
      memberId: z.string(),
      user: z.object({ id: z.string(), name: z.string() }),
      gains: z.array(z.string()),
      loses: z.array(z.string()),
    }),
  ),
  /** What the change alters at the dates on which roles start or end, soonest first. */
  later: z.array(
    z.object({
      at: z.iso.datetime(),
      gains: z.array(EffectCount),
      loses: z.array(EffectCount),
      /** Would have ended then without the change. */
      keeps: z.array(EffectCount),
      /** Would have started then without the change. */
      forgoes: z.array(EffectCount),
    }),
  ),
});
export type Effect = z.infer<typeof Effect>;

/** Why a request is not authenticated. */
export const UnauthenticatedReason = z.enum([
  'no_credentials',
  'token_malformed',
  'token_too_long',
  'token_type_refused',
  'algorithm_refused',
  'key_unknown',
  'key_unusable',
  'signature_invalid',
  'issuer_refused',
  'audience_refused',
  'token_expired',
  'token_not_active',
  'claims_invalid',
  'session_pending',
  'session_ended',
]);
export type UnauthenticatedReason = z.infer<typeof UnauthenticatedReason>;

export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.record(z.string(), z.array(z.string())).optional(),
  /** With code `not_signed_in`: why. */
  reason: UnauthenticatedReason.optional(),
  /** The permission that was needed, when code is `permission_denied`. */
  permission: z.string().optional(),
  /** With code `stale_version`: what is stored now. */
  current: z.unknown().optional(),
  /** With code `permission_in_use`: the roles that grant it, and the members who hold them. */
  usage: z.object({ roles: z.number().int(), members: z.number().int(), tenants: z.number().int() }).optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** What an event of the audit log is about. */
export const AuditCategory = z.enum([
  'access',
  'membership',
  'role',
  'invitation',
  'tenant',
  'permission',
  'identity',
  'audit',
  'session',
]);
export type AuditCategory = z.infer<typeof AuditCategory>;
