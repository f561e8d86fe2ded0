import type { SessionInfo } from 'bff/contract';
import { useEffect, useState } from 'react';
import { request } from '../../core/api.ts';

let asked: Promise<SessionInfo> | undefined;

/** Loads the public session info once: identity provider, sign-up, demo accounts. */
export function readSessionInfo(): Promise<SessionInfo> {
  asked ??= request<SessionInfo>('GET', '/api/session-info').catch((error) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

/** The session info; undefined until loaded (the form works without it). */
export function useSessionInfo() {
  const [info, setInfo] = useState<SessionInfo>();
  useEffect(() => {
    readSessionInfo().then(setInfo, () => undefined);
  }, []);
  return info;
}
