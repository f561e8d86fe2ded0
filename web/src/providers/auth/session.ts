import type { Me } from 'bff/contract';
import { ApiError, request, setShownUser } from '../../core/api.ts';
import { createStore } from '../../core/store.ts';
import { rememberSession } from './likely-session.ts';
import { readSessionInfo } from './session-info.ts';

let pending: Promise<Me> | undefined;
const me = createStore<Me | undefined>(undefined);
const onSignOut = new Set<() => void>();

/** Registers a callback for the end of the session, to clear the user's data from memory. */
export const whenSignedOut = (forget: () => void) => void onSignOut.add(forget);

function forgetUser() {
  for (const forget of onSignOut) forget();
}

export function showMe(next: Me | undefined) {
  setShownUser(next?.user.id ?? null);
  rememberSession(next !== undefined);
  me.set(next);
}

const atPageLoad = () =>
  readSessionInfo().then(
    ({ hasSession }) => hasSession,
    () => true,
  );
const unknown = async () => true;
let mayHaveSession: () => Promise<boolean> = atPageLoad;

/** Sets how to tell whether there is a session. Without one /api/me is not asked, as browsers log each refusal. */
export function setSessionCheck(check: () => Promise<boolean>) {
  mayHaveSession = check;
}

/** What was known at page load is out of date. */
function forgetSessionInfo() {
  if (mayHaveSession === atPageLoad) mayHaveSession = unknown;
}

async function ask(): Promise<Me> {
  if (!me.get() && !(await mayHaveSession())) {
    forgetSessionInfo();
    rememberSession(false);
    throw new ApiError({ status: 401, code: 'not_signed_in' });
  }
  const response = await request<Me>('GET', '/api/me');
  const before = me.get();
  // Another user signed in in another tab.
  if (before && before.user.id !== response.user.id) forgetUser();
  showMe(response);
  return response;
}

/** Loads the signed-in user with permissions once, shared by all callers. */
export function loadMe(): Promise<Me> {
  pending ??= ask().catch((error) => {
    pending = undefined;
    throw error;
  });
  return pending;
}

/** Reloads; the old value stays until the new one arrives. */
export async function reloadMe(): Promise<Me> {
  const next = await ask();
  pending = Promise.resolve(next);
  return next;
}

/** Reloads after a change that may affect the user's own permissions; an error keeps the old ones. */
export const refreshMe = () => reloadMe().catch(() => undefined);

let hasEnded = false;

/** Whether the session ended without a sign-out, which the sign-in page shows. */
export const sessionHasEnded = () => hasEnded;

export function clearMe({ isWanted = true } = {}) {
  hasEnded = !isWanted && me.get() !== undefined;
  pending = undefined;
  forgetSessionInfo();
  showMe(undefined);
}

/** Clears the user's data; the page around the console then loads the session again. */
export function endSession({ isWanted = false } = {}) {
  clearMe({ isWanted });
  forgetUser();
}

export const currentMe = me.get;

/** Calls back when the session starts, ends, changes or is read again. */
export const onMe = me.subscribe;

/** The signed-in user; undefined only outside the console. */
export const useOptionalMe = me.use;

/** The signed-in user; only inside the console, where there always is one. */
export function useMe(): Me {
  const known = useOptionalMe();
  if (!known) throw new Error('no signed-in user');
  return known;
}
