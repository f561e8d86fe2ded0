const keyOf = (userId: string) => `rolecall.recent.${userId}`;

/** The tenants the user last opened in this browser, newest first. */
export function recentSlugs(userId: string): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberTenant(userId: string, slug: string) {
  const next = [slug, ...recentSlugs(userId).filter((each) => each !== slug)].slice(0, 5);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(next));
  } catch {
    // Without storage the switcher has no recent tenants.
  }
}
