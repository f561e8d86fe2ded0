import { z } from 'zod';
import type { Tx } from '../db/tenant-tx.ts';
import { applyMembership, applyMembershipDeleted } from './apply-membership.ts';
import { applyOrganization, applyOrganizationDeleted } from './apply-organization.ts';
import { applyUser } from './apply-user.ts';
import type { Applied, SyncCause } from './cause.ts';
import {
  ClerkMembership,
  ClerkOrganization,
  toIdentityMembership,
  toIdentityOrganization,
} from './clerk-organization.ts';
import { ClerkUser, toIdentityUser } from './clerk-user.ts';
import { applyUserDeleted } from './delete-user.ts';

// Loose: keys that are not named here may come and go.
const Deleted = z.looseObject({ id: z.string().min(1).max(255), slug: z.string().nullish() });

type Apply = (tx: Tx, data: unknown, cause: SyncCause) => Promise<Applied>;

const user: Apply = (tx, data, cause) => applyUser(tx, toIdentityUser(ClerkUser.parse(data)), cause);
const organization: Apply = (tx, data, cause) =>
  applyOrganization(tx, toIdentityOrganization(ClerkOrganization.parse(data)), cause);
const membership: Apply = (tx, data, cause) =>
  applyMembership(tx, toIdentityMembership(ClerkMembership.parse(data)), cause);

const APPLY: Record<string, Apply> = {
  'user.created': user,
  'user.updated': user,
  'user.deleted': (tx, data, cause) => applyUserDeleted(tx, Deleted.parse(data).id, cause),
  'organization.created': organization,
  'organization.updated': organization,
  'organization.deleted': (tx, data, cause) => {
    const { id, slug } = Deleted.parse(data);
    return applyOrganizationDeleted(tx, id, slug ?? null, cause);
  },
  'organizationMembership.created': membership,
  'organizationMembership.updated': membership,
  'organizationMembership.deleted': (tx, data, cause) =>
    applyMembershipDeleted(tx, toIdentityMembership(ClerkMembership.parse(data)), cause),
};

/** Does what one event says, in the caller's transaction. Throws when its data cannot be read; other types are ignored. */
export async function applyEvent(tx: Tx, type: string, data: unknown, cause: SyncCause): Promise<Applied> {
  const apply = Object.hasOwn(APPLY, type) ? APPLY[type] : undefined;
  return apply ? apply(tx, data, cause) : 'ignored';
}
