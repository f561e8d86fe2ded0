import { expect, it } from 'vitest';
import { ApiError } from '../../core/api.ts';
import { ACME } from '../../testing/builders.ts';
import { serve } from '../../testing/server.ts';
import { dataProvider } from './data-provider.ts';

const page = { nextCursor: 'n', prevCursor: null, total: 1_000, totalIsExact: false };
const members = `tenants/${ACME}/members`;

it('sends page, sort and filters of the list', async () => {
  const seen = serve(() => ({ body: { data: [{ id: '1' }], page } }));
  const result = await dataProvider.getList({
    resource: members,
    pagination: { pageSize: 50 },
    sorters: [{ field: 'createdAt', order: 'desc' }],
    filters: [
      { field: 'q', operator: 'eq', value: 'ada+test & R&D #1' },
      { field: 'createdAt', operator: 'gte', value: '2026-01-01T00:00:00Z' },
      { field: 'status', operator: 'eq', value: '' },
    ],
  });
  expect(result).toEqual({ data: [{ id: '1' }], total: 1_000, page });
  expect(seen[0]?.url.pathname).toBe(`/api/admin/tenants/${ACME}/members`);
  expect(Object.fromEntries(seen[0]?.url.searchParams ?? [])).toEqual({
    limit: '50',
    sort: '-createdAt',
    q: 'ada+test & R&D #1',
    'createdAt[gte]': '2026-01-01T00:00:00Z',
  });
});

it('ignores the meta that Refine fills from the URL', async () => {
  const seen = serve(() => ({ body: { data: [], page } }));
  const meta = { method: 'delete', headers: { 'x-evil': '1' }, tenantId: 'other', query: { limit: 9 }, signal: 'x' };
  await dataProvider.getList({ resource: members, meta });
  await dataProvider.getOne({ resource: members, id: '../../users', meta });
  await dataProvider.custom({ url: '/api/admin/roles', method: 'get', meta });
  expect(seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  for (const { url, headers } of seen) {
    expect(url.href).not.toContain('other');
    expect(headers.get('x-evil')).toBeNull();
  }
  expect(seen[1]?.url.pathname).toBe(`/api/admin/tenants/${ACME}/members/..%2F..%2Fusers`);
});

it('sends the version as If-Match and returns the newer one on 412', async () => {
  const current = { id: 'r1', name: 'Renamed by someone else', version: 8 };
  const seen = serve(() => ({ status: 412, body: { code: 'stale_version', current, requestId: 'req-1' } }));
  const failure = await dataProvider
    .update({ resource: 'roles', id: 'r1', variables: { name: 'Mine', version: 7 } })
    .catch((error: unknown) => error);
  expect(seen[0]?.headers.get('if-match')).toBe('"7"');
  expect(seen[0]?.body).toEqual({ name: 'Mine' });
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({ statusCode: 412, code: 'stale_version', requestId: 'req-1', problem: { current } });
});

it('reuses the idempotency key until there is a definite response', async () => {
  const responses = ['lost', { status: 500 }, { status: 201 }, { status: 201 }] as const;
  let turn = 0;
  const seen = serve(() => responses[turn++] ?? 'lost');
  const create = () => dataProvider.create({ resource: 'tenants', variables: { name: 'Initech' } });
  await create().catch(() => undefined);
  await create().catch(() => undefined);
  await create();
  await create();
  const [first, second, third, fourth] = seen.map(({ headers }) => headers.get('idempotency-key'));
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(fourth).not.toBe(first);
});

it('maps field errors to message keys', async () => {
  serve(() => ({ status: 422, body: { code: 'validation_failed', errors: { email: ['email'] } } }));
  await expect(dataProvider.create({ resource: members, variables: {} })).rejects.toMatchObject({
    statusCode: 422,
    errors: { email: { key: 'invalid.email' } },
  });
});

it('reports a missing response as offline', async () => {
  serve(() => 'lost');
  await expect(dataProvider.getOne({ resource: members, id: '1' })).rejects.toMatchObject({
    statusCode: 0,
    code: 'offline',
  });
});
