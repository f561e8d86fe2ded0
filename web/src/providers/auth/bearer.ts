import { setTransport, type Transport } from '../../core/api.ts';
import { setSessionCheck } from './session.ts';

/** Returns the bearer token; null when signed out. `isFresh` skips the cache. */
type GetToken = (options: { isFresh: boolean }) => Promise<string | null>;

/**
 * Sends a bearer token with each request instead of a cookie. A rejected one may have expired in transit, so a fresh one is
 * tried once.
 */
export function setAuthHeader(getToken: GetToken) {
  const sendWith = (token: string | null, [url, init]: Parameters<Transport>) => {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    return fetch(url, { credentials: 'omit', ...init, headers: { ...init.headers, ...authorization } });
  };
  setSessionCheck(async () => (await getToken({ isFresh: false })) !== null);
  setTransport(async (...request) => {
    const token = await getToken({ isFresh: false });
    const response = await sendWith(token, request);
    return response.status === 401 && token !== null ? sendWith(await getToken({ isFresh: true }), request) : response;
  });
}
