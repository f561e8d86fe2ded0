import { beforeEach, expect, it } from 'vitest';
import { ACME, aMe, GLOBEX } from '../../testing/builders.ts';
import { serve } from '../../testing/server.ts';
import { clearMe, loadMe } from '../auth/session.ts';
import { accessControlProvider } from './access-control-provider.ts';

const can = (resource: string, action: string) => accessControlProvider.can({ resource, action });

async function signedIn(held: Parameters<typeof aMe>[0]) {
  const seen = serve(() => ({ body: aMe(held) }));
  await loadMe();
  return seen;
}

beforeEach(clearMe);

it('answers from memory without a request', async () => {
  const seen = await signedIn({ acme: ['members:read'] });
  for (let row = 0; row < 100; row += 1) await can(`tenants/${ACME}/members`, 'show');
  expect(seen).toHaveLength(1);
});

it('separates the permissions of tenants', async () => {
  await signedIn({ acme: ['members:invite'] });
  expect(await can(`tenants/${ACME}/invitations`, 'create')).toEqual({ can: true });
  expect(await can(`tenants/${GLOBEX}/invitations`, 'create')).toEqual({
    can: false,
    reason: 'Requires members:invite',
  });
});

it('applies platform permissions in all tenants', async () => {
  await signedIn({ platform: ['audit:read', 'audit:read-all'] });
  expect(await can(`tenants/${GLOBEX}/audit-logs`, 'list')).toEqual({ can: true });
  expect(await can('audit-logs', 'list')).toEqual({ can: true });
});

it('requires audit:read-all for the log of all tenants', async () => {
  await signedIn({ acme: ['audit:read'] });
  expect(await can('audit-logs', 'list')).toEqual({ can: false, reason: 'Requires audit:read-all' });
});

it('takes other actions for the permission of that name', async () => {
  await signedIn({ acme: ['roles:assign', 'invoices:write'] });
  expect(await can(`tenants/${ACME}/roles`, 'assign')).toEqual({ can: true });
  expect(await can(`tenants/${ACME}/invoices`, 'write')).toEqual({ can: true });
  expect(await can(`tenants/${GLOBEX}/roles`, 'assign')).toEqual({ can: false, reason: 'Requires roles:assign' });
});

it('denies unknown actions and signed-out users', async () => {
  expect((await can(`tenants/${ACME}/members`, 'list')).can).toBe(false);
  await signedIn({ acme: ['members:read'] });
  expect((await can(`tenants/${ACME}/members`, 'explode')).can).toBe(false);
  expect((await can('secrets', 'list')).can).toBe(false);
});

it('tells the owner of a suspended tenant that only staff can reactivate it', async () => {
  const me = aMe({ acme: [] });
  const memberships = me.memberships.map((membership) => ({ ...membership, status: 'suspended' as const }));
  serve(() => ({ body: { ...me, memberships } }));
  await loadMe();
  const { can: isAllowed, reason } = await can(`tenants/${ACME}/members`, 'list');
  expect(isAllowed).toBe(false);
  expect(reason).toMatch(/not active.*Only the platform staff can reactivate it/);
});
