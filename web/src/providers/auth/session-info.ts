import type { SessionInfo } from 'bff/contract';
import { useEffect, useState } from 'react';
import { request } from '../../core/api.ts';

let asked: Promise<SessionInfo> | undefined;

/** How people sign in here, asked once. */
export function readSessionInfo(): Promise<SessionInfo> {
  asked ??= request<SessionInfo>('GET', '/api/session-info').catch((error) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

/** How people sign in here; undefined until known (the form works without it). */
export function useSessionInfo() {
  const [info, setInfo] = useState<SessionInfo>();
  useEffect(() => {
    readSessionInfo().then(setInfo, () => undefined);
  }, []);
  return info;
}
