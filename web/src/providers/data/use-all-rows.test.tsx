import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { serve } from '../../testing/server.ts';
import { clearMe, loadMe } from '../auth/session.ts';
import { useAllRows } from './use-all-rows.ts';

function Names() {
  const { rows = [] } = useAllRows<'roles'>('tenants/acme/roles', { sort: 'name' });
  return <p>{rows.map(({ name }) => name).join(', ')}</p>;
}

beforeEach(clearMe);

it('reads every page', async () => {
  const seen = serve(({ url }) => {
    if (url.pathname === '/api/me') return { body: aMe({ acme: ['roles:read'] }) };
    const isLast = url.searchParams.get('cursor') === 'second';
    const data = [{ id: isLast ? 'r2' : 'r1', name: isLast ? 'Writer' : 'Auditor' }];
    return { body: { data, page: { nextCursor: isLast ? null : 'second' } } };
  });
  await loadMe();
  renderAt('/t/acme/members', <Names />);
  expect(await screen.findByText('Auditor, Writer')).toBeDefined();
  expect(seen.filter(({ url }) => url.pathname.endsWith('/roles')).map(({ url }) => url.search)).toEqual([
    '?limit=100&sort=name',
    '?limit=100&sort=name&cursor=second',
  ]);
});
