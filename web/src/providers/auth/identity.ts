import type { AuthActionResponse, AuthProvider } from '@refinedev/core';
import type { ComponentType, ReactNode } from 'react';

type EntryPage = ComponentType<{ to: string | null }>;

/** The auth provider for Refine, implemented by each identity provider. */
export interface ConsoleAuth extends AuthProvider {
  /** `stay` keeps the path, for an invitation meant for another account. */
  logout: (options?: { stay?: boolean }) => Promise<AuthActionResponse>;
  onError: (error: unknown) => Promise<object>;
}

/** What differs between identity providers; the console uses nothing else of them. */
export interface Identity {
  /** Absent for local accounts, whose provider is part of the console. */
  auth?: ConsoleAuth;
  /** The provider's own pages inside our frame; absent for local accounts. */
  pages?: { SignIn: EntryPage; SignUp: EntryPage };
  /** Its sign-in over a page whose session has ended; absent for local accounts. */
  Renew?: ComponentType<{ onDone: () => Promise<unknown> }>;
  /** Wraps every page. */
  Providers?: ComponentType<{ children: ReactNode }>;
  /** Whether there is a session at the provider, regardless of our server. */
  hasSession?: () => boolean;
  /** The account at the provider. */
  account?: () => { id: string; email: string | null } | null;
  /** Opens the account settings at the provider. */
  openAccount?: () => void;
  /** Sets the active organization at the provider. */
  enterOrganization?: (identityOrgId: string) => Promise<void>;
}

let current: Identity = {};

/** The identity provider in use. */
export const identity = () => current;

/** Called once, before the first render. */
export function setIdentity(next: Identity) {
  current = next;
}
