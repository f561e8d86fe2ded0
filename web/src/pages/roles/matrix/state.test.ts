import { expect, it } from 'vitest';
import type { Edits, MatrixRole } from './state.ts';
import { cellReader, changeCount, grantsWithEdits, noEdits, toggle, withoutStaleEdits } from './state.ts';

const aRole = (id: string, own: string[], parentId: string | null = null, conditional: string[] = []): MatrixRole => ({
  id,
  name: id,
  key: id,
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

it('shows a grant of a parent in all descendants', () => {
  const edits = toggle(noEdits, member, 'audit:read');
  const cell = cellReader(roles, edits)(assistant, 'audit:read');
  expect(cell).toMatchObject({ isOn: true, isOwn: false, from: { id: 'member' }, isEdited: false });
});

it('falls back to the inherited grant when its own is removed', () => {
  const both = aRole('teacher', ['courses:read'], 'member');
  const edits = toggle(noEdits, both, 'courses:read');
  const cell = cellReader([member, both], edits)(both, 'courses:read');
  expect(cell).toMatchObject({ isOn: true, isOwn: false, from: { id: 'member' }, isEdited: true });
});

it('counts a reverted cell as no change', () => {
  const once = toggle(noEdits, teacher, 'courses:create');
  expect(changeCount(once)).toBe(1);
  expect(toggle(once, teacher, 'courses:create')).toEqual(noEdits);
});

it('rebases edits onto a version saved concurrently', () => {
  const wanted: Edits = toggle(toggle(noEdits, teacher, 'courses:create'), teacher, 'audit:read');
  const stored = aRole('teacher', ['courses:create', 'reports:read', 'audit:read'], 'member');
  const left = withoutStaleEdits(wanted, [member, stored]);
  expect(changeCount(left)).toBe(1);
  expect(grantsWithEdits(stored, left)).toEqual(['audit:read', 'reports:read']);
});

it('drops edits of a deleted role', () => {
  expect(withoutStaleEdits(toggle(noEdits, teacher, 'audit:read'), [member])).toEqual(noEdits);
});

it('is conditional only if every grant on the path is conditional', () => {
  const own = aRole('own', ['audit:read'], null, ['audit:read']);
  const below = aRole('below', [], 'own');
  const freed = aRole('freed', ['audit:read'], 'own');
  const read = cellReader([own, below, freed], noEdits);
  expect([own, below, freed].map((role) => read(role, 'audit:read').isConditional)).toEqual([true, true, false]);
});

it('terminates on an inheritance cycle', () => {
  const loop = [aRole('a', [], 'b'), aRole('b', [], 'a')] as const;
  expect(cellReader([...loop], noEdits)(loop[0], 'audit:read').isOn).toBe(false);
});
