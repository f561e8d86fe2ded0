import { act, fireEvent, screen } from '@testing-library/react';
import { useLocation } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rememberRecord } from '../../core/recent.ts';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { ACME, aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import Palette from './palette.tsx';

const page = { nextCursor: null, prevCursor: null, total: 1, totalIsExact: true };
const marco = { id: 'm1', user: { id: 'marco', name: 'Marco Lindt', email: 'marco@acme.test', imageUrl: null } };
const onClose = vi.fn();
const onInvite = vi.fn();

const Address = () => <output>{useLocation().pathname}</output>;

async function openFor(acme: string[], text = '') {
  serve(() => ({ body: aMe({ acme }) }));
  await loadMe();
  const seen = serve(({ url }) => ({ body: { data: url.pathname.endsWith('/members') ? [marco] : [], page } }));
  await act(
    async () =>
      void renderAt(
        '/t/acme/home',
        <>
          <Address />
          <Palette onClose={onClose} onInvite={onInvite} />
        </>,
      ),
  );
  if (text) await act(async () => void fireEvent.change(screen.getByRole('combobox'), { target: { value: text } }));
  return seen;
}

const press = (key: string, init: KeyboardEventInit = {}) =>
  act(async () => void fireEvent.keyDown(screen.getByRole('combobox'), { key, ...init }));
const chosen = () => screen.getAllByRole('option').find((row) => row.getAttribute('aria-selected') === 'true');

beforeEach(() => {
  clearMe();
  localStorage.clear();
  // jsdom has neither.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = () => undefined;
});

describe('the palette', () => {
  it('opens the first match with Enter, and in a new tab with Ctrl', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    await openFor(['members:read'], 'marco');
    expect(await screen.findByText('Marco Lindt')).toBeDefined();
    expect(chosen()?.textContent).toContain('Marco Lindt');
    await press('Enter', { ctrlKey: true });
    expect(open).toHaveBeenCalledWith('/t/acme/members/m1', '_blank', 'noopener');
    await press('Enter');
    expect(document.querySelector('output')?.textContent).toBe('/t/acme/members/m1');
    expect(onClose).toHaveBeenCalled();
  });

  it('asks only for what the user may read, and offers only what they may do', async () => {
    const seen = await openFor(['members:read'], 'marco');
    await screen.findByText('Marco Lindt');
    expect(seen.map(({ url }) => url.pathname)).toEqual([`/api/admin/tenants/${ACME}/members`]);
    expect(screen.queryByText(/Check access/)).toBeNull();
    expect(screen.queryByText(/audit log/i)).toBeNull();
  });

  it('lists recent records, pages and actions before anything is typed', async () => {
    rememberRecord('ada', {
      to: '/t/acme/roles/r1',
      label: 'Billing',
      page: 'roles',
      tenant: { id: ACME, name: 'Acme' },
    });
    const left = { id: '01935c00-0000-7000-8000-0000000000c3', name: 'Left' };
    rememberRecord('ada', { to: '/t/left/members/m2', label: 'Nadia Haddad', page: 'members', tenant: left });
    const seen = await openFor(['members:read', 'members:invite']);
    expect(chosen()?.textContent).toContain('Billing');
    expect(screen.queryByText('Nadia Haddad')).toBeNull();
    expect(screen.getByText('Switch to Globex')).toBeDefined();
    await act(async () => void fireEvent.click(screen.getByText('Invite people')));
    expect(onInvite).toHaveBeenCalled();
    expect(seen).toEqual([]);
  });

  it('finds an event and a request by id', async () => {
    const id = '01935c00-0000-7000-8000-0000000000e1';
    await openFor(['audit:read'], id);
    await screen.findByText(new RegExp(`^Event .*${id}`));
    await press('Enter');
    expect(document.querySelector('output')?.textContent).toBe(`/t/acme/audit/${id}`);
  });
});
