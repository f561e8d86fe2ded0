import { act, renderHook } from '@testing-library/react';
import { createMemoryRouter, RouterProvider, useLocation, useNavigate } from 'react-router';
import { expect, it } from 'vitest';
import { useListState } from './use-list-state.ts';

function listAt(address: string) {
  return renderHook(
    () => ({
      state: useListState({ filters: ['status', 'createdAt[gte]'], sort: 'name' }),
      search: useLocation().search,
      go: useNavigate(),
    }),
    {
      wrapper: ({ children }) => {
        const router = createMemoryRouter([{ path: '*', element: children }], { initialEntries: [address] });
        return <RouterProvider router={router} />;
      },
    },
  ).result;
}

it.each(['ada+test', 'R&D', '#1', 'é ü', '100%'])('round-trips %j through the URL', async (q) => {
  const list = listAt('/members');
  await act(async () => list.current.state.set({ q }));
  expect(list.current.state.q).toBe(q);
  expect(listAt(`/members${list.current.search}`).current.state.q).toBe(q);
});

it('returns to the first page when filters change', async () => {
  const list = listAt('/members?cursor=abc&status=active');
  expect(list.current.state.cursor).toBe('abc');
  await act(async () => list.current.state.set({ 'createdAt[gte]': '2026-01-01T00:00:00.000Z' }));
  expect(list.current.state.cursor).toBeUndefined();
  expect(list.current.state.filters).toEqual({ status: 'active', 'createdAt[gte]': '2026-01-01T00:00:00.000Z' });
});

it('steps back through pages and filters with the Back button', async () => {
  const list = listAt('/members');
  await act(async () => list.current.state.goToPage('second'));
  await act(async () => list.current.state.set({ status: 'left' }));
  await act(async () => void list.current.go(-1));
  expect(list.current.state).toMatchObject({ cursor: 'second', filters: {} });
  await act(async () => void list.current.go(-1));
  expect(list.current.state.cursor).toBeUndefined();
});

it('clears search and filters but keeps the sort order', async () => {
  const list = listAt('/members?q=ada&status=left&sort=-createdAt&cursor=x');
  await act(async () => list.current.state.clear());
  expect(list.current.search).toBe('?sort=-createdAt');
  expect(list.current.state.isFiltered).toBe(false);
});
