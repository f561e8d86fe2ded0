import type { DemoAccount } from '../core/services.ts';

/** The users of the demo who can sign in; all others only appear in lists. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: 'owner@rolecall.test', name: 'Olivia Marsh', label: 'Platform owner' },
  { email: 'support@rolecall.test', name: 'Sam Okafor', label: 'Support agent' },
  { email: 'owner@acme.test', name: 'Ada Park', label: 'Owner of Acme' },
  { email: 'admin@acme.test', name: 'Marco Lindt', label: 'Admin of Acme' },
  { email: 'member@acme.test', name: 'Nadia Haddad', label: 'Member of Acme' },
  { email: 'owner@globex.test', name: 'Gustav Lindqvist', label: 'Owner of Globex' },
];
