import { z } from 'zod';
import type { IdentityMembership, IdentityOrganization } from '../../core/identity-provider.ts';
import { providerInstant } from '../../core/values/instant.ts';
import { cleanLine } from '../sanitize.ts';

/** Clerk's organization as webhooks and the Backend API send it; unnamed keys are ignored. */
export const ClerkOrganization = z.looseObject({
  id: z.string().min(1).max(255),
  name: z.string(),
  slug: z.string().nullish(),
  created_by: z.string().nullish(),
  created_at: z.number(),
  updated_at: z.number(),
});

export const ClerkMembership = z.looseObject({
  id: z.string().min(1).max(255),
  role: z.string(),
  organization: ClerkOrganization,
  public_user_data: z.looseObject({ user_id: z.string().min(1).max(255) }),
  created_at: z.number(),
  updated_at: z.number(),
});

export const toIdentityOrganization = (object: z.infer<typeof ClerkOrganization>): IdentityOrganization => ({
  id: object.id,
  name: cleanLine(object.name, 120) ?? object.slug ?? object.id,
  slug: object.slug || null,
  createdBy: object.created_by || null,
  createdAt: providerInstant(object.created_at),
  updatedAt: providerInstant(object.updated_at),
});

export const toIdentityMembership = (object: z.infer<typeof ClerkMembership>): IdentityMembership => ({
  id: object.id,
  userId: object.public_user_data.user_id,
  role: object.role,
  organization: toIdentityOrganization(object.organization),
  createdAt: providerInstant(object.created_at),
  updatedAt: providerInstant(object.updated_at),
});
