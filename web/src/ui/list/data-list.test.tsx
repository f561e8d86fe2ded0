import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { useChange } from '../../providers/data/use-change.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { announceLists } from '../../providers/live/live-provider.ts';
import { aMe } from '../../testing/builders.ts';
import { renderAt } from '../../testing/in-console.tsx';
import { type Seen, serve } from '../../testing/server.ts';
import { DataList } from './data-list.tsx';

type Item = { id: string; name: string };

function Create() {
  const { send } = useChange();
  return (
    <button type="button" onClick={() => void send({ method: 'post', path: 'tenants', body: {}, done: 'Created' })}>
      Create
    </button>
  );
}

function List() {
  const state = useListState({ filters: ['status'], sort: 'name' });
  const rows = useRows<'tenants'>('tenants', { state }) as unknown as Parameters<typeof DataList<Item>>[0]['rows'];
  const columns = [{ title: 'name', render: ({ name }: Item) => name }] as never;
  return (
    <>
      <Create />
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

/** A list that can be left and visited again. */
function Visits() {
  const [isHere, setHere] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setHere(!isHere)}>
        Go
      </button>
      {isHere ? <List /> : null}
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
  await act(async () => void renderAt(`/t/acme/members${search}`, <Visits />));
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

describe('a list that others change', () => {
  const named = (...ids: string[]) => page(ids.map((id) => ({ id, name: `Row ${id}` })));
  const shown = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);
  const changed = (path: string) => act(async () => announceLists([path]));

  it('keeps its rows in place until asked for the new ones', async () => {
    let answer = named('1', '2');
    await listAt('', () => answer);
    await screen.findByText('Row 2');
    expect(shown()).toEqual(['Row 1', 'Row 2']);
    answer = page([
      { id: '3', name: 'Row 3' },
      { id: '2', name: 'Renamed' },
    ]);
    await changed('tenants');
    expect(await screen.findByRole('button', { name: '1 new' })).toBeDefined();
    expect(shown()).toEqual(['Row 1', 'Renamed']);
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: '1 new' })));
    expect(shown()).toEqual(['Row 3', 'Renamed']);
    expect(screen.queryByRole('button', { name: '1 new' })).toBeNull();
  });

  it('shows the rows of the last visit immediately, then those of now', async () => {
    let answer = named('1', '2');
    await listAt('', () => answer);
    await screen.findByText('Row 2');
    const go = () => fireEvent.click(screen.getByRole('button', { name: 'Go' }));
    go();
    answer = named('2', '3');
    go();
    expect(shown()).toEqual(['Row 1', 'Row 2']);
    await screen.findByText('Row 3');
    expect(shown()).toEqual(['Row 2', 'Row 3']);
  });

  it('shows what this user created directly', async () => {
    let answer = named('1');
    await listAt('', ({ method }) => (method === 'POST' ? { body: {} } : answer));
    await screen.findByText('Row 1');
    answer = named('1', '2');
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Create' })));
    expect(await screen.findByText('Row 2')).toBeDefined();
    expect(screen.queryByRole('button', { name: '1 new' })).toBeNull();
  });

  it('asks for nothing when another list has changed, nor in a hidden tab', async () => {
    const seen = await listAt('', () => named('1'));
    const asked = () => seen.filter(({ url }) => url.pathname.endsWith('/tenants')).length;
    await screen.findByText('Row 1');
    await changed('users');
    expect(asked()).toBe(1);
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    await changed('tenants');
    expect(asked()).toBe(1);
    hidden.mockRestore();
    await act(async () => void fireEvent(document, new Event('visibilitychange')));
    expect(asked()).toBe(2);
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
