import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Entry } from './entry.tsx';
import { clearMe } from './providers/auth/session.ts';
import { serve } from './testing/server.ts';

it('opens at a path that starts with two slashes, which is no host', async () => {
  clearMe();
  serve(() => ({ status: 401, body: { code: 'not_signed_in' } }));
  history.replaceState(null, '', `${location.origin}//`);
  render(<Entry />);
  expect(await screen.findByRole('heading', { name: 'Sign in to Rolecall' })).toBeDefined();
});
