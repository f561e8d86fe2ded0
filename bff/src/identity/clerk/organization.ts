import { z } from 'zod';
import type { IdentityMembership, IdentityOrganization } from '../../core/identity-provider.ts';
import { cleanLine } from '../sanitize.ts';
import { milliseconds } from './user.ts';

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

export const toIdentityOrganization = (given: z.infer<typeof ClerkOrganization>): IdentityOrganization => ({
  id: given.id,
  name: cleanLine(given.name, 120) ?? given.slug ?? given.id,
  slug: given.slug || null,
  createdBy: given.created_by || null,
  createdAt: milliseconds(given.created_at),
  updatedAt: milliseconds(given.updated_at),
});

export const toIdentityMembership = (given: z.infer<typeof ClerkMembership>): IdentityMembership => ({
  id: given.id,
  userId: given.public_user_data.user_id,
  role: given.role,
  organization: toIdentityOrganization(given.organization),
  createdAt: milliseconds(given.created_at),
  updatedAt: milliseconds(given.updated_at),
});
