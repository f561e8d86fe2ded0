import type { RoleRef } from '../../core/schema.ts';
import type { Resource } from '../actor.ts';
import type { Conditions } from '../conditions.ts';
import type { AccessExplanation } from './schema.ts';

export interface Question {
  tenantId: string;
  userId: string;
  permission: string;
  /** What the question is about; without it, conditions on it are not met. */
  resource?: Resource;
}

/** How a role comes to grant the permission: the grant whose conditions are met, or else the nearest. */
export interface GrantPath {
  /** From the assigned role up to the one that grants it. */
  chain: RoleRef[];
  conditions: Conditions | null;
}

/** An assignment, current or not, of a role that grants the permission. */
export interface GrantingAssignment {
  via: 'tenant' | 'platform';
  membershipId: string | null;
  role: RoleRef & { isOwner: boolean; version: number };
  state: 'current' | 'upcoming' | 'ended';
  /** Null for an owner, who holds every permission. */
  path: GrantPath | null;
  conditionsMet: boolean;
  validFrom: string | null;
  validUntil: string | null;
  endedAt: string | null;
  grantedAt: string | null;
  grantedBy: { id: string; name: string } | null;
}

/** Status of user, tenant and membership: what may keep every role of the tenant from taking effect. */
export interface Standing {
  /** Null for a user whom the caller may not know. */
  userState: 'active' | 'banned' | 'deleted' | null;
  tenantStatus: string | null;
  membership: { id: string; status: 'active' | 'suspended' } | null;
}

/**
 * All that one decision depends on, at one instant. There are two readers, `readNow` and `readAsOf`; everything that explains the
 * decision works on this.
 */
export interface AccessSnapshot {
  permission: {
    code: string;
    description: string | null;
    /** Permissions of the platform are granted by roles of the platform only. */
    scope: 'tenant' | 'platform' | null;
    isSystem: boolean;
    state: 'active' | 'retired' | 'unknown';
  };
  user: AccessExplanation['user'];
  tenant: AccessExplanation['tenant'];
  standing: Standing;
  /** The decision of the guard. */
  allowed: { viaTenant: boolean; viaPlatform: boolean };
  assignments: readonly GrantingAssignment[];
}

export const unknownPermission = (code: string): AccessSnapshot['permission'] => ({
  code,
  description: null,
  scope: null,
  isSystem: false,
  state: 'unknown',
});
