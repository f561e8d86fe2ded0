import { fireEvent, screen, waitFor } from '@testing-library/react';
import type { Effect } from 'bff/contract';
import { beforeEach, expect, it, vi } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import { ActionDialog } from './action-dialog.tsx';

const effectOf = (affected: number, more: Partial<Effect> = {}): Effect => ({
  affected,
  gains: [{ code: 'invoices:read', count: affected }],
  loses: [],
  members: [],
  later: [],
  ...more,
});

const onClose = vi.fn();
const onConfirm = vi.fn();

async function open(impact: () => { status?: number; body: unknown }) {
  serve(({ url }) => (url.pathname === '/api/me' ? { body: aMe({ acme: [] }) } : impact()));
  await loadMe();
  renderAt(
    '/t/acme/members',
    <ActionDialog
      title="Change"
      action="Save"
      reason
      changes={[{ method: 'patch', path: 'members/1', body: {} }]}
      confirmName="Acme"
      onConfirm={onConfirm}
      onClose={onClose}
    />,
  );
}
const button = (name: string) => screen.getByRole('button', { name });
const isEnabled = (name: string) => waitFor(() => expect(button(name)).toHaveProperty('disabled', false));
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeEach(() => {
  clearMe();
  onClose.mockReset();
  onConfirm.mockReset().mockResolvedValue({});
});

it('states the impact now and later, and sends the reason', async () => {
  const later = [
    { at: '2026-12-07T12:00:00Z', gains: [], loses: [{ code: 'audit:read', count: 1 }], keeps: [], forgoes: [] },
  ];
  await open(() => ({ body: effectOf(1, { later }) }));
  expect((await screen.findByText(/user gains/)).textContent).toBe('1 user gains invoices:read');
  expect(screen.getByText(/December 2026|2026/).parentElement?.textContent).toContain('1 user loses audit:read');
  type(/Reason/, 'audit season');
  await isEnabled('Save');
  fireEvent.click(button('Save'));
  await waitFor(() => expect(onConfirm).toHaveBeenCalledWith('audit season'));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
});

it('asks for the name only above the threshold', async () => {
  await open(() => ({ body: effectOf(21) }));
  await screen.findByLabelText('Type Acme to confirm');
  expect(button('Save')).toHaveProperty('disabled', true);
  type(/Type Acme/, 'Acme');
  await isEnabled('Save');
});

it('asks in its footer before it closes with input, and keeps the input when saving fails', async () => {
  onConfirm.mockResolvedValue(undefined);
  await open(() => ({ body: effectOf(1) }));
  await isEnabled('Save');
  type(/Reason/, 'typed');
  fireEvent.click(button('Save'));
  await waitFor(() => expect(onConfirm).toHaveBeenCalled());
  await isEnabled('Save');
  fireEvent.click(button('Cancel'));
  expect(screen.getAllByRole('dialog')).toHaveLength(1);
  fireEvent.click(button('Keep editing'));
  expect(screen.getByLabelText(/Reason/)).toHaveProperty('value', 'typed');
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(button('Cancel'));
  fireEvent.click(button('Discard changes'));
  expect(onClose).toHaveBeenCalled();
});

it('shows a failed preview in place and tries again', async () => {
  let isDown = true;
  await open(() => (isDown ? { status: 500, body: { code: 'internal' } } : { body: effectOf(1) }));
  const again = await screen.findByRole('button', { name: 'Try again' });
  expect(button('Save')).toHaveProperty('disabled', true);
  isDown = false;
  fireEvent.click(again);
  await screen.findByText(/user gains/);
  await isEnabled('Save');
});
