import type { AuthActionResponse, AuthProvider } from '@refinedev/core';
import type { ComponentType, ReactNode } from 'react';
import type { Credentials } from './sign-in.ts';

type EntryPage = ComponentType<{ to: string | null }>;

/** What Refine asks of signing in and out; the same for every identity provider. */
export interface ConsoleAuth extends AuthProvider {
  login: (credentials: Credentials) => Promise<AuthActionResponse>;
  register: (credentials: Credentials) => Promise<AuthActionResponse>;
  /** `stay` keeps the address, for an invitation that somebody else shall accept. */
  logout: (options?: { stay?: boolean }) => Promise<AuthActionResponse>;
  onError: (error: unknown) => Promise<object>;
}

/** What differs between the ways to sign in; the console itself knows of none of them. */
export interface Identity {
  /** Absent for our own accounts, whose part arrives with the console. */
  auth?: ConsoleAuth;
  /** The provider's own pages, inside our frame; absent where our own forms ask for a password. */
  pages?: { SignIn: EntryPage; SignUp: EntryPage };
  /** Stands around every page. */
  Providers?: ComponentType<{ children: ReactNode }>;
  /** Whether the provider thinks that somebody is signed in, whatever our server says. */
  hasSession?: () => boolean;
  /** Who that is, as the provider knows them. */
  account?: () => { id: string; email: string | null } | null;
  /** Opens what the person may change of themselves at the provider. */
  openAccount?: () => void;
  /** Tells the provider which organization is in use. */
  enterOrganization?: (identityOrgId: string) => Promise<void>;
}

let current: Identity = {};

/** How people sign in here. */
export const identity = () => current;

/** Once, before anything is shown. */
export function setIdentity(next: Identity) {
  current = next;
}
