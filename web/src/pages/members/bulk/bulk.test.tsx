import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { BulkRolesProgress } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../../providers/auth/session.ts';
import { aMe } from '../../../testing/builders.ts';
import { renderAt } from '../../../testing/in-console.tsx';
import { serve } from '../../../testing/server.ts';
import MemberList from '../list.tsx';
// Read before the tests wait for it: it brings all of antd.
import './dialog.tsx';
import { bulkFilter } from './draft.ts';

const names = ['Marco Lindt', 'Nadia Haddad', 'Ryo Ouyang'];
const members = names.map((name, index) => ({
  id: `m-${index}`,
  user: { id: `u-${index}`, name, email: null, imageUrl: null },
  roles: [],
  status: 'active',
  createdAt: '2026-11-01T12:00:00Z',
}));
const roles = ['Auditor', 'Billing'].map((name) => ({ id: `role-${name}`, name, description: '' }));
const page = (total: number) => ({ nextCursor: null, prevCursor: null, total, totalIsExact: true });

async function open(held: string[], progress: Partial<BulkRolesProgress> = {}) {
  const seen = serve(({ url, method }) => {
    const { pathname } = url;
    if (pathname === '/api/me') return { body: aMe({ acme: held }) };
    if (url.searchParams.get('dryRun')) return { body: { affected: 0, loses: [], gains: [], members: [], later: [] } };
    if (method === 'POST') return { status: 201, body: { id: 'change-1' } };
    if (pathname.endsWith('/bulk-roles/change-1')) return { body: { status: 'done', refused: [], ...progress } };
    if (pathname.endsWith('/roles')) return { body: { data: roles, page: page(2) } };
    // The total of a search is a lower bound.
    return { body: { data: members, page: { ...page(1_234), totalIsExact: false } } };
  });
  await loadMe();
  renderAt('/t/acme/members?q=da', <MemberList />);
  await screen.findByText('Marco Lindt');
  return seen;
}
const rights = ['members:read', 'roles:read', 'roles:assign'];
const choose = (name: string) => fireEvent.click(screen.getByLabelText(`Select ${name}`));
const asked = (seen: Awaited<ReturnType<typeof open>>) =>
  seen.filter(({ method }) => method === 'POST').map(({ url, body }) => [url.search, body]);

async function assign(role: string, button: string) {
  fireEvent.click(screen.getByRole('button', { name: button }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(await within(dialog).findByRole('group', { name: role })).getByLabelText('Assign'));
  const save = within(dialog).getByRole('button', { name: button });
  await waitFor(() => expect(save).toHaveProperty('disabled', false));
  fireEvent.click(save);
}

beforeEach(clearMe);

it('previews and applies the change and lists the members it skipped', async () => {
  const refused = [{ memberId: 'm-2', name: 'Ryo Ouyang', code: 'grant_exceeds_own' }];
  const seen = await open(rights, { total: 2, done: 2, changed: 1, refused });
  choose('Marco Lindt');
  choose('Nadia Haddad');
  choose('Ryo Ouyang');
  choose('Nadia Haddad');
  await assign('Auditor', 'Edit roles of 2 members');
  expect(await screen.findByText('Roles of 1 member updated.')).toBeDefined();
  expect(screen.getByText('has more permissions than you').parentElement?.textContent).toContain('Ryo Ouyang');
  const body = { memberIds: ['m-0', 'm-2'], add: ['role-Auditor'], remove: [], validUntil: null };
  expect(asked(seen)).toEqual([
    ['?dryRun=true', body],
    ['', body],
  ]);
});

it('selects all matching members by filter, not only the page shown', async () => {
  const seen = await open(rights);
  choose('Marco Lindt');
  fireEvent.click(screen.getByRole('button', { name: 'Select all members in the list' }));
  await assign('Billing', 'Edit roles');
  await waitFor(() => expect(asked(seen)).toHaveLength(2));
  expect(asked(seen)[1]?.[1]).toMatchObject({ filter: { q: 'da' }, add: ['role-Billing'] });
});

it('shows no checkboxes without roles:assign', async () => {
  await open(['members:read', 'roles:read']);
  expect(screen.queryByRole('checkbox')).toBeNull();
});

it('supports no bulk change for filters the API lacks', () => {
  expect(bulkFilter('da', { roleId: 'r', status: 'active' })).toEqual({ q: 'da', roleId: 'r', status: 'active' });
  expect(bulkFilter('', { endsBefore: '2026-12-01T00:00:00Z' })).toBeUndefined();
  expect(bulkFilter('', { status: 'left' })).toBeUndefined();
});
