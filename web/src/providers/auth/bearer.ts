import { type Send, setTransport } from '../../core/api.ts';

/** Returns the bearer token; null when signed out. `isFresh` skips the cache. */
type Prove = (options: { isFresh: boolean }) => Promise<string | null>;

/**
 * Where no cookie says who calls, each request brings a token from now on. A refused one may have ended on its way, so one more
 * is tried.
 */
export function setAuthHeader(prove: Prove) {
  const sendWith = (token: string | null, [url, init]: Parameters<Send>) => {
    const proof = token === null ? {} : { authorization: `Bearer ${token}` };
    return fetch(url, { credentials: 'omit', ...init, headers: { ...init.headers, ...proof } });
  };
  setTransport(async (...request) => {
    const token = await prove({ isFresh: false });
    const response = await sendWith(token, request);
    return response.status === 401 && token !== null ? sendWith(await prove({ isFresh: true }), request) : response;
  });
}
