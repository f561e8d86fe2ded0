import { screen } from '@testing-library/react';
import type { Me } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import { MyAccess } from './my-access.tsx';

async function open(changes: Partial<Me['memberships'][number]>) {
  const { memberships, ...me } = aMe();
  serve(({ url }) => {
    if (url.pathname === '/api/me')
      return { body: { ...me, memberships: memberships.map((each) => ({ ...each, ...changes })) } };
    return { body: { permissions: [], eligibleGrantors: [], assignments: [] } };
  });
  await loadMe();
  renderAt('/t/acme/home', <MyAccess />);
}

beforeEach(() => clearMe());

it('sends a member without permissions to those who can assign roles', async () => {
  await open({});
  expect(await screen.findByText(/^Nothing yet. Ask one of the people/)).toBeDefined();
  expect(screen.getByText('Who can assign you more')).toBeDefined();
});

it('names no members to ask where the tenant is not active', async () => {
  await open({ status: 'suspended' });
  expect(await screen.findByText('Nothing at the moment.')).toBeDefined();
  expect(screen.queryByText('Who can assign you more')).toBeNull();
});
