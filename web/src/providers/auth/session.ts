import type { Me } from 'bff/contract';
import { useSyncExternalStore } from 'react';
import { request } from '../../core/api.ts';

let pending: Promise<Me> | undefined;
let me: Me | undefined;
const listeners = new Set<() => void>();

function announce(next: Me | undefined) {
  me = next;
  for (const listener of listeners) listener();
}

async function ask(): Promise<Me> {
  const response = await request<Me>('GET', '/api/me');
  announce(response);
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
  hasEnded = !isWanted && me !== undefined;
  pending = undefined;
  announce(undefined);
}

export const currentMe = () => me;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The signed-in user; undefined only outside the console. */
export const useOptionalMe = () => useSyncExternalStore(subscribe, currentMe);

/** The signed-in user; only inside the console, where there always is one. */
export function useMe(): Me {
  const known = useOptionalMe();
  if (!known) throw new Error('useMe() needs a signed-in user');
  return known;
}
