/** What a list of people is ordered by. */
export const sortNameOf = (name: string): string => name.toLowerCase();

/** What `q` searches in a list of people. */
export const searchTextOf = (name: string, email: string | null): string =>
  `${name} ${email ?? ''}`.trim().toLowerCase();
