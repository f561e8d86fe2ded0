import type { Hono } from 'hono';
import type { Actor, Origin } from './actor.ts';

/** An authenticated identity. What it may do is decided by access/, never by the provider. */
export interface Identity {
  userId: string;
  sessionId: string | null;
  /** Authenticated by a cookie, so that unsafe methods need an origin check. */
  viaCookie: boolean;
  /** The user who acts as this one. */
  impersonatorId?: string;
  /** Profile claims of the token, where the provider has no other source. */
  profile?: ClaimedProfile;
}

export const actorOf = ({ userId, sessionId, impersonatorId }: Identity): Actor => ({
  type: 'user',
  id: userId,
  sessionId,
  ...(impersonatorId ? { impersonatorId } : {}),
});

/** What a token says of its user. What it leaves out stays as it is known. */
export type ClaimedProfile = Pick<IdentityUser, 'id' | 'updatedAt'> &
  Partial<Pick<IdentityUser, 'email' | 'emailVerified' | 'firstName' | 'lastName' | 'username' | 'phone' | 'imageUrl'>>;

/** A provider's user, in the form that sync/ applies. */
export interface IdentityUser {
  id: string;
  email: string | null;
  emailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  /** With `phone`, names a user who has no other name. */
  username?: string | null;
  phone?: string | null;
  imageUrl: string | null;
  banned: boolean;
  locked: boolean;
  /** public_metadata.role, or null. */
  role: string | null;
  /** unsafe_metadata.role, which users set themselves: only self-assignable roles are accepted. */
  chosenRole?: string | null;
  /** The provider's time in milliseconds. */
  updatedAt: number;
  createdAt: number;
  lastSignInAt: number | null;
}

/** A provider's organization; here it is a tenant. */
export interface IdentityOrganization {
  id: string;
  name: string;
  slug: string | null;
  createdBy: string | null;
  createdAt: number;
  /** The provider's time in milliseconds. */
  updatedAt: number;
}

export interface IdentityMembership {
  id: string;
  userId: string;
  /** The provider's role name, such as `org:admin`. */
  role: string;
  organization: IdentityOrganization;
  createdAt: number;
  /** The provider's time in milliseconds. */
  updatedAt: number;
}

/** The ids of a provider's object; `objectId` is empty where it cannot be read either. */
export interface IdentityRef {
  objectId: string;
  /** Of a membership. */
  userId: string | null;
  organizationId: string | null;
}

/** A page of a list in a fixed order. */
export interface IdentityPage<T> {
  items: T[];
  /** The listed objects that cannot be read. */
  unreadable?: readonly IdentityRef[];
  /** Cursor of the next page; null at the end. */
  next: string | null;
  /** Length of the whole list, where the provider returns it. */
  total?: number;
}

/**
 * The provider's API for all its users. Each call ends within seconds, and throws IdentityUnavailable unless the provider confirmed
 * it, or IdentityUnreadable. `null`: the provider has no such object.
 */
export interface IdentityDirectory {
  /** Oldest first. */
  listUsers(cursor: string | null): Promise<IdentityPage<IdentityUser>>;
  listOrganizations(cursor: string | null): Promise<IdentityPage<IdentityOrganization>>;
  listMemberships(cursor: string | null): Promise<IdentityPage<IdentityMembership>>;
  fetchUser(userId: string): Promise<IdentityUser | null>;
  fetchOrganization(organizationId: string): Promise<IdentityOrganization | null>;
  fetchMembership(organizationId: string, userId: string): Promise<IdentityMembership | null>;
  /** Sets public_metadata.role and keeps its other keys; null removes the role. */
  setUserRole(userId: string, role: string | null): Promise<IdentityUser | null>;
  setMembershipRole(organizationId: string, userId: string, role: string): Promise<IdentityMembership | null>;
  /** Makes a user a member; missing where the provider cannot. */
  createMembership?(organizationId: string, userId: string, role: string): Promise<IdentityMembership | null>;
  endSessions(userId: string): Promise<void>;
}

/** The provider did not answer, answered with an error, or asked to wait. */
export class IdentityUnavailable extends Error {
  /** The delay it asked for; null when it named none. */
  readonly retryAfterMs: number | null;
  /** False when a retry is useless, as after a rejected request. */
  readonly isTemporary: boolean;

  constructor(message: string, { retryAfterMs = null as number | null, isTemporary = true } = {}) {
    super(message);
    this.retryAfterMs = retryAfterMs;
    this.isTemporary = isTemporary;
  }
}

/** The provider returned an object that cannot be read, and never will until it is changed there. */
export class IdentityUnreadable extends Error {}

/** What happened at the local provider, for the audit log. Never contains a password or a token. */
export interface AccountEvent {
  action:
    | 'session.started'
    | 'session.signed_out'
    | 'session.revoked'
    | 'session.expired'
    | 'user.sign_in_failed'
    | 'user.password_reset_requested'
    | 'user.password_reset'
    | 'user.password_changed';
  /** Null where no account has the address. */
  userId: string | null;
  sessionId?: string;
  /** The address that was typed, where the caller has not proved who they are. */
  email?: string;
}

/** Called for every account that the local provider creates or changes, and for every event: sync/ stores both in one transaction. */
export type AccountListener = (
  happened: { user?: IdentityUser; event?: AccountEvent },
  origin: Origin,
) => Promise<void>;

/** The provider's own routes see the origin of a request, and nothing else of the server. */
export interface IdentityEnv {
  Variables: { origin: Origin; operation?: string };
}
export type IdentityRoutes = Hono<IdentityEnv>;

/** The port that clerk/, local/ and jwt/ implement. */
export interface IdentityProvider {
  readonly name: 'local' | 'clerk' | 'jwt';
  /**
   * Returns the token of the session that the request proves, where there are sessions in our database: open_session() knows whose it is.
   * Null where only `authenticate` can tell.
   */
  sessionToken?(request: Request): string | null;
  /** Throws unauthenticated with the reason, or unavailable. */
  authenticate(request: Request): Promise<Identity>;
  /** Returns the user of an id, or null where the provider cannot be asked. */
  fetchUser(userId: string): Promise<IdentityUser | null>;
  /** Null where the provider has no API to list users. */
  readonly directory: IdentityDirectory | null;
  /** Routes of the provider itself, such as sign-in, with their full paths; null where it has none. */
  readonly routes: IdentityRoutes | null;
  /** Returns how many passwords wait to be hashed, where there are passwords. */
  waitingPasswords?(): number;
}
