import { isSampled } from '../audit/sampling.ts';
import type { Actor } from '../core/actor.ts';
import type { AccountEvent, AccountListener } from '../core/identity-provider.ts';
import type { Services } from '../core/services.ts';
import { type Tx, tenantTx } from '../db/tenant-tx.ts';
import { recordSession } from './apply/session.ts';
import { applyUser } from './apply/user.ts';
import { contextForUser, NO_TENANT, recordSync, type SyncContext } from './context.ts';

/** Copies each account that the local identity provider creates or changes, and records what happens to accounts and sessions. */
export function createAccountListener({ config, db }: Pick<Services, 'config' | 'db'>): AccountListener {
  return async ({ user, event }, origin) => {
    // Strangers cause these. Unknown addresses share one key, which is not that of any account.
    if (event && isByStranger(event) && !isSampled(`${event.action} ${event.userId}`)) return;
    await tenantTx(db.sync, NO_TENANT, async (tx) => {
      if (user) await applyUser(tx, user, contextForUser({ id: user.id, sessionId: null }, origin, config));
      if (event) await recordEvent(tx, event, { actor: actorOf(event), origin, settings: config });
    });
  };
}

const isByStranger = ({ email }: AccountEvent) => email !== undefined;

function actorOf(event: AccountEvent): Actor {
  if (event.action === 'session.expired') return { type: 'system', id: null, sessionId: null };
  return { type: 'user', id: isByStranger(event) ? null : event.userId, sessionId: event.sessionId ?? null };
}

async function recordEvent(
  tx: Tx,
  { action, userId, sessionId, email }: AccountEvent,
  ctx: SyncContext,
): Promise<void> {
  if (sessionId !== undefined && userId !== null) {
    await recordSession(tx, { id: sessionId, userId, action }, ctx);
    return;
  }
  await recordSync(tx, ctx, {
    action,
    category: action === 'user.sign_in_failed' ? 'session' : 'identity',
    severity: 'notice',
    outcome: action === 'user.sign_in_failed' ? 'denied' : 'allowed',
    subjectId: userId,
    target: { type: 'user', id: userId, label: userId === null ? (email ?? null) : null },
  });
}
