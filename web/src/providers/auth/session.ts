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
  const answer = await request<Me>('GET', '/api/me');
  announce(answer);
  return answer;
}

/** Who is signed in and what they may do: asked once, shared by everything that needs it. */
export function loadMe(): Promise<Me> {
  pending ??= ask().catch((error) => {
    pending = undefined;
    throw error;
  });
  return pending;
}

/** Asks again; the old answer stays until the new one is here. */
export async function reloadMe(): Promise<Me> {
  const next = await ask();
  pending = Promise.resolve(next);
  return next;
}

/** Asks again after a change that may touch one's own rights, which without an answer are as they were. */
export const refreshMe = () => reloadMe().catch(() => undefined);

let hasEnded = false;

/** Whether somebody was signed out by something else than their own wish, which the sign-in page then says. */
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

/** The signed-in person; undefined only outside the console. */
export const useMaybeMe = () => useSyncExternalStore(subscribe, currentMe);

/** The signed-in person, inside the console, where there always is one. */
export function useMe(): Me {
  const known = useMaybeMe();
  if (!known) throw new Error('Nobody is signed in here.');
  return known;
}
