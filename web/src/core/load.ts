import { reportUnreachable } from './api.ts';

const RELOADED_AT = 'rolecall.reloaded';
const RELOAD_AGAIN_MS = 60_000;

/** A part of the console could not be loaded: the server cannot be reached, or has another build. */
export class LoadError extends Error {
  readonly isOutdated: boolean;

  constructor(isOutdated: boolean) {
    super('not loaded');
    this.isOutdated = isOutdated;
  }
}

/**
 * Whether the server has another build of the console than this page: the page that it serves names another script. Undefined
 * when it cannot be reached.
 */
export async function hasNewVersion(): Promise<boolean | undefined> {
  const ours = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  const response = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store' }).catch(() => undefined);
  if (!response?.ok) return undefined;
  return ours ? !(await response.text()).includes(ours) : false;
}

/**
 * Loads code. Where the server responds but does not have it, the page is reloaded once, though not over unsaved input. Throws
 * LoadError.
 */
export async function load<T>(importing: () => Promise<T>): Promise<T> {
  try {
    return await importing();
  } catch {
    const isOutdated = await hasNewVersion();
    if (isOutdated === undefined) reportUnreachable();
    if (isOutdated !== undefined && !hasUnsavedInput() && reloadOnce()) return new Promise(() => {});
    throw new LoadError(isOutdated === true);
  }
}

/** An open dialog, or a form that would ask before its page is left. */
function hasUnsavedInput(): boolean {
  if (document.querySelector('[role="dialog"], dialog[open]')) return true;
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

function reloadOnce(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_AGAIN_MS) return false;
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  } catch {
    // Without storage it might reload forever.
    return false;
  }
  location.reload();
  return true;
}
