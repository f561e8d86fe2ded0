import { z } from 'zod';
import { RoleRef, TenantStatus, UserRef } from '../../core/schema.ts';

/** The caller with memberships and permissions. */
export const Me = z.object({
  user: UserRef,
  memberships: z.array(
    z.object({
      tenantId: z.string(),
      membershipId: z.string(),
      slug: z.string(),
      name: z.string(),
      kind: z.enum(['platform', 'customer']),
      status: TenantStatus,
      membershipStatus: z.enum(['active', 'suspended']),
      roles: z.array(RoleRef),
      /** Empty while the membership or the tenant is suspended. */
      permissions: z.array(z.string()),
      /** The organization behind the tenant at the identity provider; null where there is none. */
      identityOrgId: z.string().nullable(),
    }),
  ),
  /** Held through the platform tenant: platform permissions, and tenant permissions that apply to every tenant. */
  platform: z.object({ permissions: z.array(z.string()) }),
  /** Who acts as this user, and whether changes are refused; null for a user who acts in person. */
  impersonation: z.object({ by: z.object({ id: z.string(), name: z.string() }), isReadOnly: z.boolean() }).nullable(),
  /** Changes whenever anything above changes. */
  version: z.string(),
});
export type Me = z.infer<typeof Me>;

/** `version` of the /api/me that the client has; without it the first event is sent immediately. */
export const EventsQuery = z.strictObject({ version: z.string().max(64).optional() });

/** What the console may know before sign-in. */
export const SessionInfo = z.object({
  identityProvider: z.enum(['local', 'clerk', 'jwt']),
  /** Whether the request has a valid session: asking /api/me without one is an error. */
  hasSession: z.boolean(),
  signUp: z.boolean(),
  /** The accounts of the demo; null without demo. */
  demo: z
    .object({
      password: z.string(),
      accounts: z.array(
        z.object({
          email: z.string(),
          role: z.enum(['platform_owner', 'support', 'owner', 'admin', 'member']),
          tenant: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** Whether the provider can list its users, so that they can be reconciled. */
  hasDirectory: z.boolean(),
  clerkPublishableKey: z.string().nullable(),
  /** The path of the proxy to Clerk; null where browsers use Clerk's host. */
  clerkProxyPath: z.string().nullable(),
  /** Where users get a token of the issuer; null where they need none, or bring their own. */
  tokenSignInUrl: z.string().nullable(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
