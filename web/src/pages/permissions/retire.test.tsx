import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Permission } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import type { Seen } from '../../testing/server.ts';
import { serve } from '../../testing/server.ts';
import { RetireButton } from './show.tsx';

const permission: Permission = {
  id: 'courses:create',
  code: 'courses:create',
  resource: 'courses',
  action: 'create',
  scope: 'tenant',
  description: 'Write new courses',
  isSystem: false,
  retiredAt: null,
  version: 4,
  createdAt: '2026-11-01T10:00:00Z',
};
const tenant = (name: string) => ({ id: name, name, slug: name.toLowerCase() });
const usage = (...members: number[]) => ({
  roles: members.length,
  tenants: members.length,
  members: members.reduce((sum, each) => sum + each, 0),
  data: members.map((count, at) => ({ tenant: tenant(`Tenant ${at}`), roles: [], members: count })),
});

async function open(counted: object, shown: Partial<Permission> = {}) {
  const sent: Seen[] = [];
  serve((seen) => {
    if (seen.url.pathname === '/api/me') {
      const me = aMe({});
      return { body: { ...me, platform: { permissions: ['permissions:update', 'tenants:read', 'roles:read'] } } };
    }
    if (seen.url.pathname.endsWith('/usage')) return { body: counted };
    sent.push(seen);
    return { body: { ...permission, retiredAt: '2026-11-21T10:00:00Z' } };
  });
  await loadMe();
  renderAt('/platform/permissions/courses%3Acreate', <RetireButton permission={{ ...permission, ...shown }} />);
  fireEvent.click(screen.getByRole('button', { name: /^(Retire|Restore)$/ }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/immediately$/);
  return { sent, dialog };
}

beforeEach(clearMe);

it('shows who loses it, asks for the code and sends the expected count', async () => {
  const { sent, dialog } = await open(usage(30, 12, 3, 2));
  expect(dialog.getByText('47 users lose it immediately')).toBeTruthy();
  expect(dialog.getByText('30 in Tenant 0, 12 in Tenant 1, 3 in Tenant 2, and more in 1 other tenant.')).toBeTruthy();
  const action = dialog.getByRole('button', { name: 'Retire courses:create' });
  expect(action.hasAttribute('disabled')).toBe(true);
  fireEvent.change(dialog.getByLabelText(/^Reason/), { target: { value: 'Replaced' } });
  fireEvent.change(dialog.getByLabelText(/^Type courses:create/), { target: { value: 'courses:create' } });
  await waitFor(() => expect(action.hasAttribute('disabled')).toBe(false));
  fireEvent.click(action);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.headers.get('if-match')).toBe('"4"');
  expect(sent[0]?.body).toEqual({ retired: true, expectedAffectedMembers: 47, reason: 'Replaced' });
});

it('restores it without a count', async () => {
  const { sent, dialog } = await open(usage(3), { retiredAt: '2026-11-20T10:00:00Z' });
  expect(dialog.getByText('3 users gain it immediately')).toBeTruthy();
  fireEvent.click(dialog.getByRole('button', { name: 'Restore courses:create' }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ retired: false }]));
});
