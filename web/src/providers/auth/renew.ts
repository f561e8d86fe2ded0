import type { Me } from 'bff/contract';
import { request, whenSessionEnded } from '../../core/api.ts';
import { createStore } from '../../core/store.ts';
import { currentMe, endSession, showMe, whenSignedOut } from './session.ts';

const asked = createStore<PromiseWithResolvers<boolean> | undefined>(undefined);

/** Whether the user is asked to sign in over the page. The requests of the page wait. */
export const useIsAsked = () => asked.use() !== undefined;
export const isAsked = () => asked.get() !== undefined;

/** Asks the user to sign in again. Resolves to whether the same user did. */
export function renewSession(): Promise<boolean> {
  const waiting = asked.get() ?? Promise.withResolvers<boolean>();
  asked.set(waiting);
  return waiting.promise;
}

function finish(isRenewed: boolean) {
  asked.get()?.resolve(isRenewed);
  asked.set(undefined);
}

/** Goes on after a sign-in: as the same user where the page was, as another one from the start. */
export async function continueSession() {
  const me = await request<Me>('GET', '/api/me', { isFinal: true });
  if (me.user.id !== currentMe()?.user.id) return location.reload();
  finish(true);
  showMe(me);
}

/** Leaves the page without signing in. */
export const leaveSession = () => endSession();

export function followSessionEnd() {
  whenSessionEnded(renewSession);
  whenSignedOut(() => finish(false));
}
