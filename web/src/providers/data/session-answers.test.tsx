import { CanAccess, useGetIdentity, usePermissions } from '@refinedev/core';
import { act, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { ACME, aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import type { Permissions } from '../auth/auth-provider.ts';
import { clearMe, loadMe, reloadMe } from '../auth/session.ts';

const shown: string[] = [];

function Answers() {
  const { data: user } = useGetIdentity<{ name: string }>();
  const { data: permissions } = usePermissions<Permissions>({});
  shown.push(`${user?.name} in ${permissions?.memberships.length} tenants`);
  return (
    <CanAccess resource={`tenants/${ACME}/members`} action="create" fallback="cannot invite">
      can invite
    </CanAccess>
  );
}

beforeEach(() => {
  clearMe();
  shown.length = 0;
});

it('shows the answers with the first render, without a request', async () => {
  const seen = serve(() => ({ body: aMe({ acme: ['members:invite'] }) }));
  await loadMe();
  renderAt('/t/acme/home', <Answers />);
  expect(screen.getByText('can invite')).toBeDefined();
  expect(new Set(shown)).toEqual(new Set(['Ada Park in 2 tenants']));
  await act(() => new Promise((resume) => setTimeout(resume, 20)));
  expect(seen).toHaveLength(1);
});

it('shows changed permissions as soon as they are known', async () => {
  let held = ['members:invite'];
  serve(() => ({ body: aMe({ acme: held }) }));
  await loadMe();
  renderAt('/t/acme/home', <Answers />);
  held = [];
  await act(() => reloadMe());
  expect(await screen.findByText('cannot invite')).toBeDefined();
});
