const TOKEN = 'rolecall.token';
const STATE = 'rolecall.sign-in';

// Per tab: closing it signs out.
let inMemory: string | null = null;

export function currentToken(): string | null {
  try {
    return sessionStorage.getItem(TOKEN);
  } catch {
    return inMemory;
  }
}

export function storeToken(token: string | null) {
  inMemory = token;
  try {
    if (token === null) sessionStorage.removeItem(TOKEN);
    else sessionStorage.setItem(TOKEN, token);
  } catch {
    // Without storage the token lasts as long as the page.
  }
}

/**
 * Returns the sign-in URL, which redirects back to `/sign-in?to=&state=#access_token=`. The state proves that this tab, or the one
 * that opened it, started it, so that a link cannot sign in as another user.
 */
export function signInRedirectUrl(signInUrl: string, query: { to: string } | { renew: '' }): string {
  const state = crypto.randomUUID();
  sessionStorage.setItem(STATE, state);
  const back = new URL('/sign-in', location.origin);
  back.search = new URLSearchParams({ ...query, state }).toString();
  const address = new URL(signInUrl);
  address.searchParams.set('redirect_to', back.href);
  return address.href;
}

/** Removes the token from the URL, so that neither history nor a copied link contains it. */
export function takeTokenFromUrl(): boolean {
  const token = new URLSearchParams(location.hash.slice(1)).get('access_token');
  if (!token || location.pathname !== '/sign-in') return false;
  const query = new URLSearchParams(location.search);
  const isOurs = query.get('state') !== null && query.get('state') === sessionStorage.getItem(STATE);
  sessionStorage.removeItem(STATE);
  query.delete('state');
  history.replaceState(history.state, '', query.size > 0 ? `/sign-in?${query}` : '/sign-in');
  if (isOurs) storeToken(token);
  return isOurs;
}
