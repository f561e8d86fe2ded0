import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { RoleDetail } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { forgetMe, loadMe } from '../../../providers/session.ts';
import { aMe } from '../../../testing/builders.ts';
import { renderAt } from '../../../testing/in-console.tsx';
import type { Seen } from '../../../testing/server.ts';
import { serve } from '../../../testing/server.ts';
import MatrixPage from './matrix.tsx';

const CODES = ['courses:create', 'courses:read', 'reports:read'];
const mine = ['roles:read', 'roles:update', 'courses:create', 'courses:read'];

type Given = Partial<RoleDetail> & { own?: string[]; inherited?: string[] };
const aRole = (id: string, { own = [], inherited = [], ...more }: Given = {}) => ({
  id,
  name: id,
  version: 3,
  isOwner: false,
  isSystem: false,
  parent: null,
  children: [],
  permissions: [
    ...own.map((code) => ({ code, description: '', inheritedFrom: null })),
    ...inherited.map((code) => ({ code, description: '', inheritedFrom: { id: 'Member', key: '', name: 'Member' } })),
  ],
  ...more,
});
const nobody = { affected: 0, gains: [], loses: [], people: [] };
const listOf = (data: unknown[]) => ({ body: { data, page: { nextCursor: null, total: data.length } } });

/** The matrix over these roles; saving is answered by role. */
async function open(answer: (seen: Seen) => { status?: number; body?: unknown } = () => ({})) {
  const roles = [
    aRole('Owner', { isOwner: true, isSystem: true }),
    aRole('Member', { isSystem: true, own: ['courses:read'] }),
    aRole('Editor', { own: ['courses:create'] }),
    aRole('Teacher', { parent: { id: 'Member', key: 'member', name: 'Member' }, inherited: ['courses:read'] }),
  ];
  const saved: Seen[] = [];
  serve((seen) => {
    const { pathname, searchParams } = seen.url;
    if (pathname === '/api/me') return { body: aMe({ acme: mine }) };
    if (pathname.endsWith('/permissions'))
      return listOf(CODES.map((code) => ({ id: code, code, description: '', retiredAt: null })));
    if (seen.method === 'GET')
      return pathname.endsWith('/roles') ? listOf(roles) : { body: roles.find(({ id }) => pathname.endsWith(id)) };
    if (searchParams.has('dryRun')) return { body: nobody };
    saved.push(seen);
    return answer(seen);
  });
  await loadMe();
  renderAt('/t/acme/roles/matrix', <MatrixPage />);
  await screen.findByRole('grid', { name: 'Permission matrix' });
  return saved;
}

const cell = (name: string) => screen.getByRole('switch', { name: new RegExp(`^${name}`) });
const isOn = (name: string) => cell(name).getAttribute('aria-checked') === 'true';
const press = (key: string, init = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });

beforeEach(forgetMe);

it('is one stop for Tab, walked by the arrows and switched by Space', async () => {
  await open();
  const stops = screen.getAllByRole('switch').filter((each) => each.tabIndex === 0);
  expect(stops).toEqual([cell('courses:create, Owner')]);
  cell('courses:create, Owner').focus();
  press('End');
  expect(document.activeElement).toBe(cell('courses:create, Teacher'));
  press('ArrowDown');
  expect(document.activeElement).toBe(cell('courses:read, Teacher, inherited from Member'));
  press('ArrowUp');
  press(' ');
  expect(isOn('courses:create, Teacher')).toBe(true);
  expect(screen.getByRole('status').textContent).toBe('courses:create, Teacher, on, not saved yet');
  press('ArrowUp');
  expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Teacher' }));
  press('End', { ctrlKey: true });
  expect(document.activeElement).toBe(cell('reports:read, Teacher'));
});

it('switches nothing that its reader may not give, and says why', async () => {
  await open();
  for (const [name, reason] of [
    ['reports:read, Editor', 'You do not hold this yourself'],
    ['courses:read, Teacher', 'It comes from Member: switch it off there'],
    ['courses:read, Member', 'System roles come with Rolecall and cannot be changed'],
    ['reports:read, Owner', 'Holds every permission here, those added later too'],
  ] as const) {
    const before = isOn(name);
    fireEvent.click(cell(name));
    expect(isOn(name)).toBe(before);
    expect(cell(name).getAttribute('aria-description')).toBe(reason);
  }
  expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
});

it('saves each role with its version and the one reason; a refused one keeps its changes and is named', async () => {
  const saved = await open(({ url }) =>
    url.pathname.endsWith('Editor')
      ? { status: 412, body: { status: 412, code: 'stale_version' } }
      : { body: aRole('Teacher', { version: 4, own: ['courses:create'], inherited: ['courses:read'] }) },
  );
  fireEvent.click(cell('courses:create, Editor'));
  fireEvent.click(cell('courses:read, Editor'));
  fireEvent.click(cell('courses:create, Teacher'));
  const bar = within(screen.getByRole('region', { name: 'Changes that are not saved' }));
  fireEvent.change(bar.getByRole('textbox'), { target: { value: 'New term' } });
  fireEvent.click(bar.getByRole('button', { name: 'Save 3 changes in 2 roles' }));

  expect((await screen.findByRole('alert')).textContent).toContain('Editor is not saved.');
  await waitFor(() => expect(bar.getByRole('button', { name: /Save 2 changes in 1 role/ })).toBeTruthy());
  expect(
    saved.map(({ url, headers, body }) => [url.pathname.split('/').at(-1), headers.get('if-match'), body]),
  ).toEqual([
    ['Editor', '"3"', { permissions: ['courses:read'], reason: 'New term' }],
    ['Teacher', '"3"', { permissions: ['courses:create'], reason: 'New term' }],
  ]);
});
