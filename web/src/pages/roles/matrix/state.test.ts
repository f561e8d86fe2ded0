import { expect, it } from 'vitest';
import type { Edits, MatrixRole } from './state.ts';
import { cellReader, changeCount, noEdits, stillOpen, toggle, wantedCodes } from './state.ts';

const aRole = (id: string, own: string[], parentId: string | null = null, conditional: string[] = []): MatrixRole => ({
  id,
  name: id,
  version: 1,
  isOwner: false,
  isSystem: false,
  parentId,
  own: new Set(own),
  conditional: new Set(conditional),
});

const member = aRole('member', ['courses:read']);
const teacher = aRole('teacher', ['courses:create'], 'member');
const assistant = aRole('assistant', [], 'teacher');
const roles = [member, teacher, assistant];

it('shows at once, down every generation, what is switched on above', () => {
  const edits = toggle(noEdits, member, 'audit:read');
  const cell = cellReader(roles, edits)(assistant, 'audit:read');
  expect(cell).toMatchObject({ isOn: true, isOwn: false, from: { id: 'member' }, isEdited: false });
});

it('falls back to what is inherited when its own is switched off', () => {
  const both = aRole('teacher', ['courses:read'], 'member');
  const edits = toggle(noEdits, both, 'courses:read');
  const cell = cellReader([member, both], edits)(both, 'courses:read');
  expect(cell).toMatchObject({ isOn: true, isOwn: false, from: { id: 'member' }, isEdited: true });
});

it('counts a cell that was switched back as no change', () => {
  const once = toggle(noEdits, teacher, 'courses:create');
  expect(changeCount(once)).toBe(1);
  expect(toggle(once, teacher, 'courses:create')).toEqual(noEdits);
});

it('keeps what was switched on top of what somebody else saved meanwhile, and nothing more', () => {
  const wanted: Edits = toggle(toggle(noEdits, teacher, 'courses:create'), teacher, 'audit:read');
  const stored = aRole('teacher', ['courses:create', 'reports:read', 'audit:read'], 'member');
  const left = stillOpen(wanted, [member, stored]);
  expect(changeCount(left)).toBe(1);
  expect(wantedCodes(stored, left)).toEqual(['audit:read', 'reports:read']);
});

it('forgets what was switched in a role that is gone', () => {
  expect(stillOpen(toggle(noEdits, teacher, 'audit:read'), [member])).toEqual(noEdits);
});

it('is conditional only where nobody on the way grants it without conditions', () => {
  const own = aRole('own', ['audit:read'], null, ['audit:read']);
  const below = aRole('below', [], 'own');
  const freed = aRole('freed', ['audit:read'], 'own');
  const read = cellReader([own, below, freed], noEdits);
  expect([own, below, freed].map((role) => read(role, 'audit:read').isConditional)).toEqual([true, true, false]);
});

it('ends where roles inherit in a circle', () => {
  const loop = [aRole('a', [], 'b'), aRole('b', [], 'a')] as const;
  expect(cellReader([...loop], noEdits)(loop[0], 'audit:read').isOn).toBe(false);
});
