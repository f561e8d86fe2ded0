import type { SessionInfo } from 'bff/contract';
import { useEffect } from 'react';
import { request } from '../../core/api.ts';
import { createStore } from '../../core/store.ts';

let asked: Promise<SessionInfo> | undefined;
const info = createStore<SessionInfo | undefined>(undefined);

async function ask() {
  const found = await request<SessionInfo>('GET', '/api/session-info');
  info.set(found);
  return found;
}

/** Loads the public session info once: identity provider, sign-up, demo accounts. */
export function readSessionInfo({ isFresh = false } = {}): Promise<SessionInfo> {
  if (isFresh) asked = undefined;
  asked ??= ask().catch((error) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

/** The session info; undefined until loaded (the form works without it). */
export function useSessionInfo() {
  useEffect(() => void readSessionInfo().catch(() => undefined), []);
  return info.use();
}
