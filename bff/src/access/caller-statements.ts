import { Prisma } from '@rolecall/prisma/client';
import { permitRows, setUser } from '../db/scope.ts';

/*
 * What the guard asks in one batch, before the rows of a read: who calls, and what they may do. A statement here changes what those after
 * it are for, which one statement alone could not: PostgreSQL applies the policies of its tables before it sets anything.
 */

/** Returns the open session of a token. What follows in the batch is for its user, or without one for no user. */
export const findSession = (token: string): Prisma.Sql =>
  Prisma.sql`SELECT id, user_id, ${setUser(Prisma.sql`user_id`)} FROM open_session(${token})`;

/** Returns a row when the provider has ended this session, although its token has not expired. What follows is then for no user. */
export const findEndedSession = (sessionId: string): Prisma.Sql =>
  Prisma.sql`SELECT ${setUser(Prisma.sql`''`)} FROM ended_session WHERE id = ${sessionId}`;

/** Returns the access of the user. What follows returns rows only where `permits` is true of it, the row `actor`. */
export const findAccess = (permits: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT actor.*, ${permitRows(permits)} FROM actor_access('{}') actor`;
