import { fold } from './fold.ts';

/** The key by which lists of users are sorted. */
export const sortNameOf = (name: string): string => fold(name).slice(0, 500);

/** The text that `q` searches in lists of users. */
export const searchTextOf = (name: string, email: string | null): string => fold(`${name} ${email ?? ''}`.trim());

interface Named {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  username?: string | null;
  phone?: string | null;
}

/** Returns the full name of a user, or else the username, address, phone number or id. */
export const displayNameOf = ({ id, email, firstName, lastName, username, phone }: Named): string =>
  [firstName, lastName].filter(Boolean).join(' ') || username || email || phone || id;
