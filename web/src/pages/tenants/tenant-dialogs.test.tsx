import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { TenantDetail } from 'bff/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { useNotifications } from '../../providers/notifications.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { type Seen, serve } from '../../testing/server.ts';
import CreateTenant from './create-tenant.tsx';
import RenameTenant from './rename-tenant.tsx';
import { TenantStatusButton } from './tenant-status.tsx';

const tenant: TenantDetail = {
  ...{ id: 'tenant-1', name: 'Globex', slug: 'globex', kind: 'customer', status: 'trialing', version: 4 },
  ...{ memberCount: 3, activeMemberCount: 3, identityOrgId: null, ownership: 'owned', ownerlessSince: null },
  ...{ createdAt: '2026-11-01T10:00:00Z', updatedAt: '2026-11-01T10:00:00Z' },
};
const onClose = vi.fn();

/** Shows a part on the page of a platform owner and answers its changes, one after the other. */
async function show(part: React.ReactNode, ...answers: { status?: number; body: unknown }[]) {
  const sent: Seen[] = [];
  serve((seen) => {
    const permissions = ['tenants:create', 'tenants:update', 'tenant:update', 'tenants:read'];
    if (seen.url.pathname === '/api/me') return { body: { ...aMe({}), platform: { permissions } } };
    if (seen.method === 'GET') return { body: { data: [], page: { nextCursor: null, prevCursor: null, total: 0 } } };
    sent.push(seen);
    return answers[sent.length - 1] ?? { body: tenant };
  });
  await loadMe();
  renderAt(
    '/platform/tenants',
    <>
      {part}
      <Toasts />
    </>,
  );
  return sent;
}

function Toasts() {
  return useNotifications().map(({ key, title, undo }) => (
    <p key={key}>
      {title}
      <button type="button" onClick={undo}>
        Undo
      </button>
    </p>
  ));
}

const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const versionOf = (seen: Seen | undefined) => seen?.headers.get('if-match');

beforeEach(() => {
  clearMe();
  onClose.mockReset();
});

describe('creating a tenant', () => {
  it('invites its first owner in the same request and shows the link once', async () => {
    const ownerInvitation = {
      ...{ id: 'i', email: 'ada@acme.test', isSent: false, acceptUrl: 'http://console.test/invitations/abc' },
      expiresAt: '2026-12-11T10:00:00Z',
    };
    const sent = await show(<CreateTenant onClose={onClose} />, { body: { ...tenant, ownerInvitation } });
    type(/^Name/, 'Łódź Academy');
    await waitFor(() => expect(field(/^Slug/).value).toBe('lodz-academy'));
    type(/^First owner/, 'ada@acme.test');
    press('Create tenant');
    expect(await screen.findByDisplayValue(ownerInvitation.acceptUrl)).toBeTruthy();
    expect(sent.map(({ body }) => body)).toEqual([
      { name: 'Łódź Academy', slug: 'lodz-academy', ownerEmail: 'ada@acme.test' },
    ]);
    expect(screen.getByText('Globex created and ada@acme.test invited as its owner')).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
    press('Done');
    expect(onClose).toHaveBeenCalled();
  });

  it('shows that a slug is taken beside the slug, and keeps one that was typed', async () => {
    const taken = { status: 409, code: 'slug_taken', errors: { slug: ['slug_taken'] } };
    await show(<CreateTenant onClose={onClose} />, { status: 409, body: taken });
    type(/^Slug/, 'Acme Inc');
    type(/^Name/, 'Acme');
    expect(field(/^Slug/).value).toBe('acme-inc');
    press('Create tenant');
    const error = await screen.findByText('This slug is already taken.');
    expect(within(error.closest('.ant-form-item') as HTMLElement).getByLabelText(/^Slug/)).toBeTruthy();
  });
});

it('shows both versions after a stale save, and then overwrites only what was typed', async () => {
  const current = { ...tenant, name: 'Globex AG', slug: 'globex-ag', version: 5 };
  const sent = await show(<RenameTenant tenant={tenant} onClose={onClose} />, {
    status: 412,
    body: { status: 412, code: 'stale_version', current },
  });
  type(/^Name/, 'Globex Ltd');
  press('Save');
  expect(await screen.findByText('Globex AG')).toBeTruthy();
  expect(screen.getByText('Globex Ltd')).toBeTruthy();
  expect([field(/^Name/).value, field(/^Slug/).value]).toEqual(['Globex Ltd', 'globex-ag']);
  press('Save my version');
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent.map((each) => [versionOf(each), each.body])).toEqual([
    ['"4"', { name: 'Globex Ltd' }],
    ['"5"', { name: 'Globex Ltd' }],
  ]);
});

it('suspends a tenant, and Undo gives it the status it had', async () => {
  const suspended = { ...tenant, status: 'suspended', version: 5 };
  const sent = await show(<TenantStatusButton tenant={tenant} />, { body: suspended });
  press('Suspend');
  fireEvent.click(await screen.findByRole('button', { name: 'Suspend Globex' }));
  await screen.findByText('Globex suspended');
  press('Undo');
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent.map((each) => [versionOf(each), each.body])).toEqual([
    ['"4"', { status: 'suspended' }],
    ['"5"', { status: 'trialing' }],
  ]);
});
