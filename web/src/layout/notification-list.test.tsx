import { act, fireEvent, render, screen } from '@testing-library/react';
import { BrowserRouter, Link } from 'react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { endSession } from '../providers/auth/session.ts';
import { dismissNotification, notify } from '../providers/notifications.ts';
import { Notifications } from './notification-list.tsx';

function open() {
  history.replaceState(null, '', '/t/acme/members');
  return render(
    <BrowserRouter>
      <Notifications />
      <Link to="/t/acme/roles">Roles</Link>
      <Link to="?q=marco">Marco</Link>
    </BrowserRouter>,
  );
}

afterEach(() => {
  vi.useRealTimers();
  dismissNotification('change');
});

it('offers the inverse of a change once', () => {
  open();
  const undo = vi.fn();
  act(() => notify({ key: 'change', tone: 'good', title: 'Marco suspended', undo }));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText('Marco suspended')).toBeNull();
});

it('vanishes with the session, so that the next user cannot undo', () => {
  open();
  act(() => notify({ key: 'change', tone: 'good', title: 'Marco suspended', undo: vi.fn() }));
  act(() => endSession());
  expect(screen.queryByText('Marco suspended')).toBeNull();
});

it('vanishes with its page, and stays on another view of it', () => {
  open();
  act(() => notify({ key: 'change', tone: 'bad', title: 'Not saved' }));
  fireEvent.click(screen.getByText('Marco'));
  expect(screen.getByText('Not saved')).toBeTruthy();
  fireEvent.click(screen.getByText('Roles'));
  expect(screen.queryByText('Not saved')).toBeNull();
});

it('waits while it has the focus', () => {
  open();
  vi.useFakeTimers();
  act(() => notify({ key: 'change', tone: 'good', title: 'Saved' }));
  fireEvent.focus(screen.getByRole('button', { name: 'Dismiss' }));
  act(() => vi.advanceTimersByTime(60_000));
  fireEvent.blur(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.getByText('Saved')).toBeTruthy();
  act(() => vi.advanceTimersByTime(5_000));
  expect(screen.queryByText('Saved')).toBeNull();
});
