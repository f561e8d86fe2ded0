const KEY = 'rolecall.signed-in';

/** Whether the last page in this browser had a signed-in user, so that the console can be loaded before the server responds. */
export function isSessionLikely(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Stores whether a user is signed in, and nothing about them. */
export function rememberSession(isSignedIn: boolean) {
  try {
    if (isSignedIn) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the console is loaded once the server has responded.
  }
}
