import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Effect, RoleDetail } from 'bff/contract';
import { beforeEach, expect, it, vi } from 'vitest';
import { clearMe, loadMe } from '../../../providers/auth/session.ts';
import { aMe } from '../../../testing/builders.ts';
import { renderAt } from '../../../testing/in-console.tsx';
import type { Seen } from '../../../testing/server.ts';
import { serve } from '../../../testing/server.ts';
import { RoleForm } from './role-form.tsx';

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

const noEffect: Effect = { affected: 0, gains: [], loses: [], members: [] };

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
  renderAt(
    '/t/acme/roles/role-1',
    <RoleForm role={aRole()} dirty={{ current: false }} onLeave={() => {}} onSaved={onSaved} />,
  );
  await screen.findByRole('group', { name: 'Permissions' });
  return { saved, onSaved };
}

const tick = (code: string) => fireEvent.click(screen.getByRole('checkbox', { name: code }));
const save = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));

beforeEach(clearMe);

it('disables permissions the user lacks', async () => {
  await edit([]);
  expect(screen.getByRole('checkbox', { name: 'reports:read' })).toHaveProperty('disabled', true);
  expect(screen.getByRole('checkbox', { name: 'invoices:void' })).toHaveProperty('disabled', false);
});

it('shows a grant error at the permission', async () => {
  const rejection = { status: 403, code: 'grant_exceeds_own', permission: 'invoices:void' };
  const { onSaved } = await edit([{ status: 403, body: rejection }]);
  tick('invoices:void');
  await save('Save role');
  const group = screen.getByRole('group', { name: 'Permissions' });
  expect((await within(group).findByRole('alert')).textContent).toContain('invoices:void');
  expect(screen.getByRole('checkbox', { name: 'invoices:void' }).getAttribute('aria-invalid')).toBe('true');
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

  await save(/Save my version/);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(saved.map(({ headers, body }) => [headers.get('if-match'), body])).toEqual([
    ['"3"', { description: 'Mine' }],
    ['"4"', { description: 'Mine' }],
  ]);
});

it('saves only after the preview, with the name typed for many members', async () => {
  const many: Effect = {
    affected: 21,
    gains: [],
    loses: [{ code: 'invoices:read', count: 21 }],
    members: [{ memberId: 'm1', user: { id: 'u1', name: 'Marco Lindt' }, gains: [], loses: ['invoices:read'] }],
  };
  const { saved, onSaved } = await edit([{ status: 200, body: aRole({ version: 4 }) }], many);
  tick('invoices:read');
  await save('Save role');

  const dialog = within(await screen.findByRole('dialog', { name: 'Impact' }));
  expect(dialog.getByText(/users lose/).textContent).toBe('21 users lose invoices:read');
  expect(dialog.getByRole('link', { name: 'Marco Lindt' })).toBeTruthy();
  const go = dialog.getByRole('button', { name: 'Save role' });
  expect(go).toHaveProperty('disabled', true);
  expect(saved).toEqual([]);

  fireEvent.change(dialog.getByLabelText('Type Billing to confirm'), { target: { value: 'Billing' } });
  fireEvent.click(go);
  await waitFor(() => expect(onSaved).toHaveBeenCalled());
  expect(saved.map(({ body }) => body)).toEqual([{ permissions: [] }]);
});
