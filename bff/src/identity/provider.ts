import type { Hono } from 'hono';
import type { Origin } from '../http/context.ts';
import type { AppEnv } from '../http/env.ts';

/** A proven identity: who the provider says is calling. What they may do is not its business. */
export interface Identity {
  userId: string;
  sessionId: string | null;
  /** A cookie proves it, so unsafe methods must prove their origin too. */
  viaCookie: boolean;
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
  /** Provider's clock, milliseconds. */
  updatedAt: number;
  createdAt: number;
  lastSignInAt: number | null;
}

/** Hears of every change the provider itself makes to a person; sync/ records it in our copy. */
export type OnIdentityUser = (user: IdentityUser, origin: Origin) => Promise<void>;

/** The one port of the server: clerk/ and local/ fill it. */
export interface IdentityProvider {
  readonly name: 'local' | 'clerk';
  /** Null without a valid session. Throws only when the provider cannot answer. */
  authenticate(request: Request): Promise<Identity | null>;
  /** The person behind an id, or null where the provider cannot be asked. */
  fetchUser(userId: string): Promise<IdentityUser | null>;
  /** Routes of the provider itself, such as sign-in, to be mounted at /api/auth; null where it has none here. */
  readonly routes: Hono<AppEnv> | null;
}
