import type { Hono } from 'hono';
import type { Origin } from './actor.ts';

/** A proven identity: who the provider says is calling. What they may do is not its business. */
export interface Identity {
  userId: string;
  sessionId: string | null;
  /** A cookie proves it, so unsafe methods must prove their origin too. */
  viaCookie: boolean;
  /** What the proof itself says of the person, where the provider can tell no other way. */
  profile?: IdentityUser;
}

/** A person as the provider knows them, in the one form that sync/ applies. */
export interface IdentityUser {
  id: string;
  email: string | null;
  emailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  imageUrl: string | null;
  banned: boolean;
  locked: boolean;
  /** public_metadata.role, or null. */
  role: string | null;
  /** unsafe_metadata.role: what they say themselves, so that only roles which anybody may take count. */
  chosenRole?: string | null;
  /** Provider's clock, milliseconds. */
  updatedAt: number;
  createdAt: number;
  lastSignInAt: number | null;
}

/** An organization as the provider knows it; here it is a tenant. */
export interface IdentityOrganization {
  id: string;
  name: string;
  slug: string | null;
  createdBy: string | null;
  createdAt: number;
  /** Provider's clock, milliseconds. */
  updatedAt: number;
}

export interface IdentityMembership {
  id: string;
  userId: string;
  /** The provider's name of the role, such as `org:admin`. */
  role: string;
  organization: IdentityOrganization;
  createdAt: number;
  /** Provider's clock, milliseconds. */
  updatedAt: number;
}

/** Some of a list in a fixed order, and where it goes on; null at its end. */
export interface IdentityPage<T> {
  items: T[];
  next: string | null;
  /** How many the whole list holds, where the provider says so. */
  total?: number;
}

/**
 * What the provider lets us ask and change about everybody. Each call ends within seconds: it throws IdentityUnavailable when the
 * provider did not do it, or may not have done it. `null` means that there is no such object there.
 */
export interface IdentityDirectory {
  /** Oldest first. */
  listUsers(cursor: string | null): Promise<IdentityPage<IdentityUser>>;
  listOrganizations(cursor: string | null): Promise<IdentityPage<IdentityOrganization>>;
  listMemberships(cursor: string | null): Promise<IdentityPage<IdentityMembership>>;
  fetchUser(userId: string): Promise<IdentityUser | null>;
  fetchOrganization(organizationId: string): Promise<IdentityOrganization | null>;
  fetchMembership(organizationId: string, userId: string): Promise<IdentityMembership | null>;
  /** Sets public_metadata.role and leaves the rest of it alone; null takes it away. */
  setUserRole(userId: string, role: string | null): Promise<IdentityUser | null>;
  setMembershipRole(organizationId: string, userId: string, role: string): Promise<IdentityMembership | null>;
  endSessions(userId: string): Promise<void>;
}

/** The provider did not answer, answered with a fault, or asked to wait. */
export class IdentityUnavailable extends Error {
  /** How long it asked to be left alone; null when it did not say. */
  readonly retryAfterMs: number | null;
  /** False when asking again is of no use, such as after a refusal of what was asked. */
  readonly isTemporary: boolean;

  constructor(message: string, { retryAfterMs = null as number | null, isTemporary = true } = {}) {
    super(message);
    this.retryAfterMs = retryAfterMs;
    this.isTemporary = isTemporary;
  }
}

/** Hears of every change the provider itself makes to a person; sync/ records it in our copy. */
export type IdentityUserListener = (user: IdentityUser, origin: Origin) => Promise<void>;

/** The provider's own routes see where a request comes from, and nothing else of the server. */
export interface IdentityEnv {
  Variables: { origin: Origin };
}
export type IdentityRoutes = Hono<IdentityEnv>;

/** The one port of the server: clerk/, local/ and jwt/ fill it. */
export interface IdentityProvider {
  readonly name: 'local' | 'clerk' | 'jwt';
  /** Null without a valid session. Throws only when the provider cannot answer. */
  authenticate(request: Request): Promise<Identity | null>;
  /** The person behind an id, or null where the provider cannot be asked. */
  fetchUser(userId: string): Promise<IdentityUser | null>;
  /** Null where the provider has no directory that we could ask. */
  readonly directory: IdentityDirectory | null;
  /** Routes of the provider itself, such as sign-in, with their whole paths; null where it has none here. */
  readonly routes: IdentityRoutes | null;
}
