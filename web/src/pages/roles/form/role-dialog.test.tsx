import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Effect, RoleDetail } from 'bff/contract';
import { beforeEach, expect, it, vi } from 'vitest';
import { clearMe, loadMe } from '../../../providers/auth/session.ts';
import { aMe } from '../../../testing/builders.ts';
import { renderAt } from '../../../testing/in-console.tsx';
import type { Seen } from '../../../testing/server.ts';
import { serve } from '../../../testing/server.ts';
import RoleDialog from './role-dialog.tsx';

const CODES = ['invoices:read', 'invoices:void', 'reports:read'];
const held = ['roles:read', 'roles:update', 'invoices:read', 'invoices:void'];

const aGrant = (code: string): RoleDetail['permissions'][number] => ({
  code,
  description: '',
  inheritedFrom: null,
  conditions: null,
  isConditional: false,
  isRetired: false,
});

const aRole = (overrides: Partial<RoleDetail> = {}): RoleDetail => ({
  id: 'role-1',
  key: 'billing',
  name: 'Billing',
  tenantId: 'acme',
  description: '',
  isSystem: false,
  isDefault: false,
  isOwner: false,
  isSelfAssignable: false,
  parent: null,
  identityRole: null,
  permissionCount: 1,
  memberCount: 0,
  version: 3,
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-01T10:00:00Z',
  permissions: [aGrant('invoices:read')],
  children: [],
  ...overrides,
});

const aPermission = (code: string) => ({
  id: code,
  code,
  resource: code.split(':')[0],
  description: '',
  retiredAt: null,
});
const listOf = (data: unknown[]) => ({ body: { data, page: { nextCursor: null, total: data.length } } });

const noEffect: Effect = { affected: 0, gains: [], loses: [], members: [], later: [] };

/** Renders the form; saving gets these responses in order, a dry run gets the effect. */
async function edit(responses: { status: number; body: unknown }[], effect: Effect = noEffect) {
  const saved: Seen[] = [];
  serve((seen) => {
    if (seen.url.pathname === '/api/me') return { body: aMe({ acme: held }) };
    if (seen.url.searchParams.has('dryRun')) return { body: effect };
    if (seen.method === 'PATCH') {
      saved.push(seen);
      return responses[saved.length - 1] ?? { status: 500 };
    }
    return listOf(seen.url.pathname.endsWith('/permissions') ? CODES.map(aPermission) : [aRole()]);
  });
  await loadMe();
  const onSaved = vi.fn();
  renderAt('/t/acme/roles/role-1', <RoleDialog role={aRole()} onClose={onSaved} />);
  await screen.findByLabelText('invoices:read');
  return { saved, onSaved };
}

const tick = (code: string) => fireEvent.click(screen.getByLabelText(code));
async function save(name: string) {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button).toHaveProperty('disabled', false));
  fireEvent.click(button);
}

beforeEach(clearMe);

it('disables permissions the user lacks', async () => {
  await edit([]);
  expect(screen.getByLabelText('reports:read')).toHaveProperty('disabled', true);
  expect(screen.getByLabelText('invoices:void')).toHaveProperty('disabled', false);
});

it('shows a grant error at the permission', async () => {
  const rejection = { status: 403, code: 'grant_exceeds_own', permission: 'invoices:void' };
  const { onSaved } = await edit([{ status: 403, body: rejection }]);
  tick('invoices:void');
  await save('Save role');
  expect(await screen.findByText(/You can only grant permissions that you have: invoices:void/)).toBeTruthy();
  expect(screen.getByLabelText('invoices:void').getAttribute('aria-invalid')).toBe('true');
  expect(onSaved).not.toHaveBeenCalled();
});

it('keeps the draft after a stale save and can overwrite the newer version', async () => {
  const current = aRole({ version: 4, description: 'Theirs', name: 'Billing team' });
  const { saved, onSaved } = await edit([
    { status: 412, body: { status: 412, code: 'stale_version', current } },
    { status: 200, body: aRole({ version: 5 }) },
  ]);
  fireEvent.change(screen.getByLabelText(/Description/), { target: { value: 'Mine' } });
  await save('Save role');

  const row = within(await screen.findByRole('table')).getByRole('row', { name: /Description/ });
  expect(row.textContent).toBe('DescriptionTheirsMine');
  expect(screen.getByLabelText<HTMLTextAreaElement>(/Description/).value).toBe('Mine');
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Billing team');

  await save('Save my version');
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(saved.map(({ headers, body }) => [headers.get('if-match'), body])).toEqual([
    ['"3"', { description: 'Mine' }],
    ['"4"', { description: 'Mine' }],
  ]);
});

it('saves only after the impact is shown, with the name typed for many members', async () => {
  const many: Effect = {
    affected: 21,
    gains: [],
    loses: [{ code: 'invoices:read', count: 21 }],
    members: [{ memberId: 'm1', user: { id: 'u1', name: 'Marco Lindt' }, gains: [], loses: ['invoices:read'] }],
    later: [],
  };
  const { saved, onSaved } = await edit([{ status: 200, body: aRole({ version: 4 }) }], many);
  tick('invoices:read');
  const impact = within(await screen.findByRole('region', { name: 'Impact' }));
  expect((await impact.findByText(/users lose/)).textContent).toBe('21 users lose invoices:read');
  expect(impact.getByRole('link', { name: 'Marco Lindt' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save role' })).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByLabelText('Type Billing to confirm'), { target: { value: 'Billing' } });
  await save('Save role');
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(saved.map(({ body }) => body)).toEqual([{ permissions: [] }]);
});
