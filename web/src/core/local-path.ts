/** Returns the target if it is a path of this site, else the fallback: no open redirects. */
export function localPath(target: string | null | undefined, fallback = '/'): string {
  if (!target?.startsWith('/') || target.startsWith('//') || target.includes('\\')) return fallback;
  for (const character of target) {
    const code = character.charCodeAt(0);
    if (code < 32 || code === 127) return fallback;
  }
  return target;
}
