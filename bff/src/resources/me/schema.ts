import { z } from 'zod';
import { Person, RoleRef, TenantStatus } from '../../core/schema.ts';

/** Everything the console needs at sign-in. */
export const Me = z.object({
  user: Person,
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
  /** Changes whenever anything above changes. */
  version: z.string(),
});
export type Me = z.infer<typeof Me>;

/** `version` is that of the /api/me which the client holds; without it the first event comes at once. */
export const EventsQuery = z.strictObject({ version: z.string().max(64).optional() });

/** What a page may know before anybody has signed in. */
export const SessionInfo = z.object({
  identityProvider: z.enum(['local', 'clerk', 'jwt']),
  signUp: z.boolean(),
  /** The demo's people, only where the demo is seeded. */
  demo: z
    .object({ password: z.string(), accounts: z.array(z.object({ email: z.string(), label: z.string() })) })
    .nullable(),
  /** The provider can list everybody, so that our copy can be compared with it. */
  hasDirectory: z.boolean(),
  clerkPublishableKey: z.string().nullable(),
  /** The path of our own origin that leads to Clerk; null where browsers ask Clerk's host. */
  clerkProxyPath: z.string().nullable(),
  /** Where people get a token of the issuer; null where they bring it themselves, or need none. */
  tokenSignInUrl: z.string().nullable(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
