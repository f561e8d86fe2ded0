import { type AccessRow, type ActorAccess, accessOfRow } from '../../access/actor.ts';
import { findAccess, findEndedSession, findSession } from '../../access/caller-statements.ts';
import type { Origin } from '../../core/actor.ts';
import { AppError, unauthenticated } from '../../core/errors.ts';
import type { Identity } from '../../core/identity-provider.ts';
import { hashKey } from '../../core/limits/keys.ts';
import type { RawRows, Services } from '../../core/services.ts';
import { displayNameOf } from '../../core/text/user-names.ts';
import { objectsOf } from '../../db/connect/raw-rows.ts';
import { onlyRow } from '../../db/rows.ts';
import { ifPermitted } from '../../db/scope.ts';
import { isTemporary } from '../../db/sql-error.ts';
import { provisionUser } from '../../sync/provisioning.ts';
import type { Read } from '../read.ts';
import { permits, type UserAccess } from './access.ts';
import { attempt, type MakeRead, type Prepared } from './prepare.ts';

/** Who calls, what they may do, and the rows of the read that was asked with it. */
export interface Caller extends Prepared {
  identity: Identity;
  access: ActorAccess;
}

export interface Question {
  services: Services;
  request: globalThis.Request;
  origin: Origin;
  tenantId: string;
  access: UserAccess;
  read: MakeRead | null;
}

/** Authenticates the user of a request and reads their current access with the rows of its read. Throws not_signed_in. */
export async function authenticate(asked: Question): Promise<Caller> {
  const { services, request, origin } = asked;
  const token = services.identity.sessionToken?.(request) ?? null;
  const bySession = token === null ? null : await askBySession(asked, token);
  const found = bySession ?? (await askFor(asked, await services.identity.authenticate(request)));
  const { access, identity } = found;
  if (access.user && !isOutOfDate(access.user, identity.profile)) return found;
  return (await provisionUser(services, identity, origin)) ? askFor(asked, identity) : found;
}

/** Returns null for a session that is not open: the provider itself ends it, and says why. */
async function askBySession(asked: Question, token: string): Promise<Caller | null> {
  const { who, ...found } = await ask(asked, { userId: null, key: hashKey(token) }, null, findSession(token));
  const [session] = who ? objectsOf<{ id: string; user_id: string }>(who) : [];
  if (!session) return null;
  return { ...found, identity: { userId: session.user_id, sessionId: session.id, viaCookie: true } };
}

async function askFor(asked: Question, identity: Identity): Promise<Caller> {
  const { userId, sessionId, impersonatorId = null } = identity;
  // Clerk's tokens outlive their session by up to a minute; the other providers check the session, or have none.
  const isEnded = asked.services.identity.name === 'clerk' && sessionId !== null ? findEndedSession(sessionId) : null;
  const { who, ...found } = await ask(asked, { userId, key: userId }, impersonatorId, isEnded);
  if (who && who.rows.length > 0) throw unauthenticated('session_ended', `session ${sessionId}`);
  return { ...found, identity };
}

interface Answer extends Omit<Caller, 'identity'> {
  /** The rows of `who`. */
  who: RawRows | undefined;
}

/** One round trip. A read that fails is asked about again without it, because who may not have it must not learn why. */
async function ask(
  asked: Question,
  caller: { userId: string | null; key: string },
  impersonatorId: string | null,
  who: ReturnType<typeof findSession> | null,
): Promise<Answer> {
  const { services, tenantId, access } = asked;
  const send = async (read: Read<unknown> | null, failure: unknown): Promise<Answer> => {
    const statements = [
      ...(who ? [who] : []),
      findAccess(permits(access)),
      ...(read?.statements.map(ifPermitted) ?? []),
    ];
    const scope = { tenantId, userId: caller.userId, timeoutMs: read?.timeoutMs };
    const answers = await services.db.together[read?.login ?? 'server'](scope, statements);
    const row = onlyRow(objectsOf<AccessRow>(answers[who ? 1 : 0] as RawRows));
    const first = who ? 2 : 1;
    return { who: who ? answers[0] : undefined, access: accessOfRow(row), read, rows: answers.slice(first), failure };
  };
  if (!asked.read) return send(null, null);
  const { read, failure } = await attempt(asked.read, { tenantId, impersonatorId });
  if (!read) return send(null, failure);
  const { queued = (_caller, run) => run() } = read;
  return queued({ services, tenantId, key: caller.key }, () => send(read, null)).catch((error) => {
    if (error instanceof AppError || isTemporary(error)) throw error;
    return send(null, error);
  });
}

/** Where tokens are the only source of a profile, a changed name or address arrives with the next token. */
function isOutOfDate(known: NonNullable<ActorAccess['user']>, profile: Identity['profile']): boolean {
  if (!profile) return false;
  const { email = known.email, emailVerified = known.emailVerified, firstName, lastName = null } = profile;
  const name = firstName === undefined ? known.name : displayNameOf({ ...profile, email, firstName, lastName });
  return known.name !== name || known.email !== email || known.emailVerified !== emailVerified;
}
