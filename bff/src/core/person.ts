/** Text as lists order and search it: without case and without accents, so that "zoe" finds "Zoë". */
export const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** What a list of people is ordered by. */
export const sortNameOf = (name: string): string => fold(name);

/** What `q` searches in a list of people. */
export const searchTextOf = (name: string, email: string | null): string => fold(`${name} ${email ?? ''}`.trim());

interface Named {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
}

/** What people are called: by their full name, else by their address, else by their id. */
export const displayNameOf = ({ id, email, firstName, lastName }: Named): string =>
  [firstName, lastName].filter(Boolean).join(' ') || email || id;
