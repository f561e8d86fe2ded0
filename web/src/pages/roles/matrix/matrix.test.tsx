import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { MatrixRole } from 'bff/contract';
import { beforeEach, expect, it } from 'vitest';
import { clearMe, loadMe } from '../../../providers/auth/session.ts';
import { aMe } from '../../../testing/builders.ts';
import { renderAt } from '../../../testing/in-console.tsx';
import type { Seen } from '../../../testing/server.ts';
import { serve } from '../../../testing/server.ts';
import MatrixPage from './matrix.tsx';

const CODES = ['courses:create', 'courses:read', 'reports:read'];
const mine = ['roles:read', 'roles:update', 'courses:create', 'courses:read'];

type RoleProps = Partial<Omit<MatrixRole, 'own' | 'inherited'>> & { own?: string[]; conditional?: string[] };
const aRole = (id: string, { own = [], conditional = [], ...more }: RoleProps = {}) => ({
  id,
  key: id.toLowerCase(),
  name: id,
  version: 3,
  isOwner: false,
  isSystem: false,
  isDefault: false,
  parent: null,
  own: own.map((code) => ({ code, isConditional: conditional.includes(code) })),
  inherited: [],
  ...more,
});
const noEffect = { affected: 0, gains: [], loses: [], members: [], later: [] };
const listOf = (data: unknown[]) => ({ body: { data, page: { nextCursor: null, total: data.length } } });

/** Renders the matrix with these roles. */
async function open(respond: (seen: Seen) => { status?: number; body?: unknown } = () => ({})) {
  const roles = [
    aRole('Owner', { isOwner: true, isSystem: true }),
    aRole('Member', { isSystem: true, own: ['courses:read'] }),
    aRole('Editor', { own: ['courses:create'], conditional: ['courses:create'] }),
    aRole('Teacher', { parent: { id: 'Member', key: 'member', name: 'Member' } }),
  ];
  const saved: Seen[] = [];
  serve((seen) => {
    const { pathname, searchParams } = seen.url;
    if (pathname === '/api/me') return { body: aMe({ acme: mine }) };
    if (pathname.endsWith('/permissions'))
      return listOf(CODES.map((code) => ({ id: code, code, description: '', retiredAt: null })));
    if (seen.method === 'GET') return { body: { roles } };
    saved.push(seen);
    return searchParams.has('dryRun') ? { body: noEffect } : respond(seen);
  });
  await loadMe();
  renderAt('/t/acme/roles/matrix', <MatrixPage />);
  await screen.findByRole('grid', { name: 'Permission matrix' });
  return saved;
}

const cell = (name: string) => screen.getByRole('switch', { name: new RegExp(`^${name}`) });
const isOn = (name: string) => cell(name).getAttribute('aria-checked') === 'true';
const press = (key: string, init = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });

beforeEach(clearMe);

it('has one tab stop, moves by arrow keys and toggles by Space', async () => {
  await open();
  const stops = screen.getAllByRole('switch').filter((each) => each.tabIndex === 0);
  expect(stops).toEqual([cell('courses:create, Editor')]);
  cell('courses:create, Editor').focus();
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

const tick = (name: string) => fireEvent.click(screen.getByRole('checkbox', { name }));
const heads = () => screen.getAllByRole('columnheader').map((head) => head.querySelector('a')?.textContent);

it('folds system roles, which stand after the editable ones', async () => {
  await open();
  expect(heads()).toEqual([undefined, 'Editor', 'Teacher']);
  tick('System roles (2)');
  expect(heads()).toEqual([undefined, 'Editor', 'Teacher', 'Member', 'Owner']);
});

it('filters to the permissions in which the shown roles differ', async () => {
  await open();
  const shown = () => CODES.filter((code) => screen.queryByRole('rowheader', { name: code }));
  expect(shown()).toEqual(CODES);
  tick('Only differences');
  expect(shown()).toEqual(['courses:create', 'courses:read']);
  fireEvent.click(cell('courses:read, Editor'));
  expect(shown()).toEqual(['courses:create', 'courses:read']);
});

it('locks cells the user cannot grant and shows why', async () => {
  await open();
  tick('System roles (2)');
  for (const [name, reason] of [
    ['reports:read, Editor', 'You do not have this permission'],
    ['courses:read, Teacher', 'Inherited from Member: remove it there'],
    ['courses:read, Member', 'System roles cannot be changed'],
    ['reports:read, Owner', 'Grants every permission, including those added later'],
  ] as const) {
    const before = isOn(name);
    fireEvent.click(cell(name));
    expect(isOn(name)).toBe(before);
    expect(cell(name).getAttribute('aria-description')).toBe(reason);
  }
  expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
});

it('labels each cell with permission, role and state, under both headers', async () => {
  await open();
  const grid = within(screen.getByRole('grid', { name: 'Permission matrix' }));
  expect(grid.getAllByRole('columnheader').map((head) => head.textContent)).toContain('Teacherchild of Member');
  expect(grid.getByRole('rowheader', { name: 'courses:create' })).toBeTruthy();
  const label = (name: string) => [cell(name).getAttribute('aria-label'), isOn(name)];
  expect(label('courses:create, Editor')).toEqual(['courses:create, Editor, only under conditions', true]);
  expect(label('courses:read, Teacher')).toEqual(['courses:read, Teacher, inherited from Member', true]);
  expect(label('courses:read, Editor')).toEqual(['courses:read, Editor', false]);
  fireEvent.click(cell('courses:read, Editor'));
  expect(label('courses:read, Editor')).toEqual(['courses:read, Editor, not saved yet', true]);
  const described = screen.getByRole('grid').getAttribute('aria-describedby') ?? '';
  expect(document.getElementById(described)?.textContent).toContain('Page Up and Page Down move ten rows');
});

const bar = () => within(screen.getByRole('region', { name: 'Unsaved changes' }));
async function switchThree() {
  fireEvent.click(cell('courses:create, Editor'));
  fireEvent.click(cell('courses:read, Editor'));
  fireEvent.click(cell('courses:create, Teacher'));
  fireEvent.click(bar().getByRole('button', { name: 'Save 3 changes in 2 roles' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Save 3 changes in 2 roles' }));
  fireEvent.change(dialog.getByLabelText(/^Reason/), { target: { value: 'New term' } });
  const save = dialog.getByRole('button', { name: 'Save 3 changes in 2 roles' });
  await waitFor(() => expect(save).toHaveProperty('disabled', false));
  fireEvent.click(save);
}
const roles = [
  { roleId: 'Editor', version: 3, permissions: ['courses:read'] },
  { roleId: 'Teacher', version: 3, permissions: ['courses:create'] },
];

it('saves all edits in one request with versions and reason, after a preview', async () => {
  const saved = await open(() => ({
    body: { roles: [aRole('Editor', { own: ['courses:read'] }), aRole('Teacher', { own: ['courses:create'] })] },
  }));
  await switchThree();
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull());
  expect(saved.map(({ url, body }) => [url.pathname.split('/').at(-1), url.search, body])).toEqual([
    ['matrix', '?dryRun=true', { roles }],
    ['matrix', '', { roles, reason: 'New term' }],
  ]);
});

it('keeps all edits when one role is rejected and shows which and why', async () => {
  await open(() => ({
    status: 403,
    body: {
      status: 403,
      code: 'grant_exceeds_own',
      permission: 'courses:create',
      errors: { 'roles.1': ['grant_exceeds_own'] },
    },
  }));
  await switchThree();
  expect((await screen.findByRole('alert')).textContent).toContain('No changes saved. Teacher:');
  expect(bar().getByRole('button', { name: /Save 3 changes in 2 roles/ })).toBeTruthy();
});

it('names both versions of a role changed concurrently', async () => {
  const current = [{ id: 'Editor', key: 'editor', name: 'Editor', seenVersion: 3, version: 5, permissions: [] }];
  await open(() => ({ status: 412, body: { status: 412, code: 'stale_version', current } }));
  await switchThree();
  expect((await screen.findByRole('alert')).textContent).toContain(
    'Editor was changed by another user: you edited version 3, the current version is 5.',
  );
});
