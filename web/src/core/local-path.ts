/** Returns the target if it is a path of this site, as the browser reads it, else the fallback: no open redirects. */
export function localPath(target: string | null | undefined, fallback = '/'): string {
  if (!target?.startsWith('/') || !URL.canParse(target, location.origin)) return fallback;
  const { origin, pathname, search, hash } = new URL(target, location.origin);
  // "/.//host" is a path here, but what is left of it would be another host.
  return origin === location.origin && !pathname.startsWith('//') ? pathname + search + hash : fallback;
}
