import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { AccessExplanation } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { ACME, aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import ExplainPage from './explain.tsx';

const BILLING = { id: 'role-1', key: 'billing', name: 'Billing' };
const explained = (what: Partial<AccessExplanation>): AccessExplanation => ({
  allowed: false,
  permission: { code: 'invoices:write', description: 'Write invoices' },
  user: { id: 'marco', name: 'Marco Lindt', email: null, imageUrl: null },
  tenant: { id: ACME, name: 'Acme', slug: 'acme' },
  paths: [],
  missing: null,
  grants: [],
  eligibleGrantors: [],
  ...what,
});

async function open(answer: AccessExplanation, held: string[], query = 'userId=marco&permission=invoices%3Awrite') {
  const seen = serve(({ url }) => {
    if (url.pathname === '/api/me') return { body: aMe({ acme: held }) };
    if (url.pathname.endsWith('/access/explain')) return { body: answer };
    const marco = { id: 'm-1', user: answer.user, roles: [], status: 'active', version: 1 };
    const isMembers = url.pathname.endsWith('/members');
    return { body: { data: isMembers ? [marco] : [], page: { nextCursor: null, prevCursor: null, total: 0 } } };
  });
  await loadMe();
  renderAt(`/t/acme/explain?${query}`, <ExplainPage />);
  await screen.findByText(/^(Allowed|Denied):/);
  return seen;
}

beforeEach(clearMe);

it('shows each grant path with its links and its end', async () => {
  const path = {
    via: 'tenant' as const,
    membershipId: 'm-1',
    role: { id: 'role-2', key: 'clerk', name: 'Clerk', isOwner: false, version: 3 },
    isDirect: false,
    inheritedThrough: [BILLING],
    conditions: [{ attribute: 'resource.ownerId', operator: 'equals' as const, value: { attribute: 'user.id' } }],
    validFrom: null,
    validUntil: '2030-06-30T12:00:00Z',
    grantedBy: { id: 'ada', name: 'Ada Park' },
    grantedAt: '2026-11-01T12:00:00Z',
  };
  await open(explained({ allowed: true, paths: [path] }), ['access:explain', 'members:read', 'roles:read']);
  expect(screen.getByText(/^Allowed:/).textContent).toBe('Allowed: Marco Lindt has invoices:write in Acme.');
  const steps = screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')]);
  expect(steps).toContainEqual(['Marco Lindt', '/t/acme/members/m-1']);
  expect(steps).toContainEqual(['Clerk', '/t/acme/roles/role-2']);
  expect(steps).toContainEqual(['Billing', '/t/acme/roles/role-1']);
  expect(screen.getByText(/assigned by/).textContent).toContain('assigned by Ada Park');
  expect(screen.getByText('only when resource.ownerId is the user')).toBeDefined();
  expect(screen.getByText(/until Jun 30, 2030/)).toBeDefined();
});

const refusal = explained({
  missing: { reason: 'no_role_grants' },
  grants: [{ kind: 'assign_role', role: BILLING, additionalPermissionCount: 2, isSufficient: true, canGrant: true }],
  eligibleGrantors: [{ id: 'ada', name: 'Ada Park', email: 'ada@acme.test', imageUrl: null }],
});

it('offers the smallest sufficient role to a user who can assign it', async () => {
  await open(refusal, ['access:explain', 'members:read', 'roles:assign']);
  expect(screen.getByText(/^Denied:/).textContent).toBe('Denied: Marco Lindt does not have invoices:write in Acme.');
  expect(screen.getByText('Assign Marco Lindt the role Billing')).toBeDefined();
  expect(await screen.findByRole('button', { name: 'Assign role' })).toBeDefined();
  expect(screen.getByText('Ada Park')).toBeDefined();
});

it('names eligible grantors to a user who cannot assign the role', async () => {
  const grants = refusal.grants.map((grant) => ({ ...grant, canGrant: false }));
  await open({ ...refusal, grants }, ['access:explain', 'members:read', 'roles:assign']);
  expect(screen.queryByRole('button', { name: 'Assign role' })).toBeNull();
  expect(screen.getByText('Ada Park')).toBeDefined();
});

it('explains only own access without access:explain', async () => {
  const own = { ...refusal, user: { id: 'ada', name: 'Ada Park', email: null, imageUrl: null } };
  const seen = await open(own, ['members:read']);
  const asked = seen.filter(({ url }) => url.pathname.endsWith('/access/explain'));
  expect(asked.map(({ url }) => url.searchParams.get('userId'))).toEqual(['ada']);
  expect(screen.getByText(/^Denied:/).textContent).toBe('Denied: you do not have invoices:write in Acme.');
  expect(screen.queryByText('Who has a permission')).toBeNull();
});

it('shows which conditions fail and checks again for the described resource', async () => {
  const small = { attribute: 'resource.amount', operator: 'atMost' as const, value: 100 };
  const owned = { attribute: 'resource.ownerId', operator: 'equals' as const, value: { attribute: 'user.id' } };
  const missing = { reason: 'condition_not_met' as const, role: BILLING, conditions: [small, owned], unmet: [owned] };
  const seen = await open(explained({ missing }), ['access:explain', 'members:read']);
  const terms = screen.getAllByText(/^resource\./).map((term) => term.closest('li')?.textContent);
  expect(terms).toEqual(['resource.amount is at most 100 (met)', 'resource.ownerId is the user (not met)']);

  fireEvent.change(screen.getByLabelText('Property 1'), { target: { value: 'ownerId' } });
  fireEvent.change(screen.getByLabelText('Value of property 1'), { target: { value: 'marco' } });
  fireEvent.click(screen.getByRole('button', { name: 'Check access' }));
  await waitFor(() => {
    const asked = seen.filter(({ url }) => url.pathname.endsWith('/access/explain')).at(-1);
    expect(asked?.url.searchParams.get('resource')).toBe('{"ownerId":"marco"}');
  });
});
