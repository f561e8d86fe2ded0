import type { DemoAccount } from '../core/services.ts';

/** The users of the demo who can sign in; all others only appear in lists. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { email: 'owner@rolecall.test', name: 'Olivia Marsh', role: 'platform_owner', tenant: null },
  { email: 'support@rolecall.test', name: 'Sam Okafor', role: 'support', tenant: null },
  { email: 'owner@acme.test', name: 'Ada Park', role: 'owner', tenant: 'Acme' },
  { email: 'admin@acme.test', name: 'Marco Lindt', role: 'admin', tenant: 'Acme' },
  { email: 'member@acme.test', name: 'Nadia Haddad', role: 'member', tenant: 'Acme' },
  { email: 'owner@globex.test', name: 'Gustav Lindqvist', role: 'owner', tenant: 'Globex' },
];
