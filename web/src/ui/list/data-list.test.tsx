import { act, fireEvent, screen } from '@testing-library/react';
import { useLocation } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { type Seen, serve } from '../../testing/server.ts';
import { DataList } from './data-list.tsx';

type Item = { id: string; name: string };

function List() {
  const state = useListState({ filters: ['status'], sort: 'name' });
  const rows = useRows<'tenants'>('tenants', { state }) as unknown as Parameters<typeof DataList<Item>>[0]['rows'];
  const columns = [{ title: 'name', render: ({ name }: Item) => name }] as never;
  return (
    <>
      <output>{useLocation().search}</output>
      <DataList
        label="Tenants"
        columns={columns}
        rows={rows}
        state={state}
        count="audit.count"
        empty={{ title: 'Nothing here' }}
      />
    </>
  );
}

const page = (rows: Item[], cursors: object = {}) => ({
  body: { data: rows, page: { nextCursor: null, prevCursor: null, total: 300, totalIsExact: true, ...cursors } },
});

async function listAt(search: string, answer: (seen: Seen) => { status?: number; body?: unknown }) {
  serve(() => ({ body: aMe({}) }));
  await loadMe();
  const seen = serve(answer);
  await act(async () => void renderAt(`/t/acme/members${search}`, <List />));
  return seen;
}
beforeEach(clearMe);

describe('a page whose rows were removed', () => {
  it('gives way to the last page that has rows', async () => {
    await listAt('?cursor=removed', ({ url }) =>
      url.searchParams.get('cursor') === 'removed'
        ? page([], { prevCursor: 'end' })
        : page([{ id: '275', name: 'Row 275' }], { prevCursor: 'before' }),
    );
    expect(await screen.findByText('Row 275')).toBeDefined();
    expect(screen.getByRole('status').textContent).toBe('?cursor=end');
    expect(screen.queryByText('Nothing here')).toBeNull();
  });

  it('gives way to the first page where no row is left before it', async () => {
    await listAt('?cursor=removed', ({ url }) =>
      url.searchParams.has('cursor') ? page([]) : page([{ id: '1', name: 'Row 1' }]),
    );
    expect(await screen.findByText('Row 1')).toBeDefined();
  });

  it('is an empty list where no row is left at all', async () => {
    await listAt('?cursor=removed', () => page([]));
    expect(await screen.findByText('Nothing here')).toBeDefined();
  });
});

describe('parameters that the server does not understand', () => {
  it.each(['?status=bogus', '?sort=bogus', '?status=bogus&sort=bogus&q=x'])('%s can be cleared', async (search) => {
    await listAt(search, ({ url }) =>
      [url.searchParams.get('status'), url.searchParams.get('sort')].includes('bogus')
        ? { status: 400, body: { code: 'malformed_request', errors: { status: ['invalid'] } } }
        : page([{ id: '1', name: 'Row 1' }]),
    );
    await act(async () => void fireEvent.click(await screen.findByRole('button', { name: 'Clear filters' })));
    expect(await screen.findByText('Row 1')).toBeDefined();
    expect(screen.getByRole('status').textContent).toBe('');
  });
});
