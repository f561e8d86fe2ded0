/** Words of lower-case letters and digits, joined by single hyphens. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Returns the slug of folded text: words joined by hyphens. */
export const slugOfFolded = (folded: string, max = 63): string =>
  folded
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, max)
    .replace(/-$/, '');

/** Returns the role key of folded text, which begins with a letter; empty where there is none. */
export const roleKeyOfFolded = (folded: string): string => slugOfFolded(folded.replace(/^[^a-z]+/, ''), 60);
