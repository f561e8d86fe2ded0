import { expect, it } from 'vitest';
import type { RoleDraft } from './role-draft.ts';
import { changesBetween, emptyDraft, rebase, toUpdate } from './role-draft.ts';

const aDraft = (overrides: Partial<RoleDraft> = {}): RoleDraft => ({
  ...emptyDraft,
  name: 'Billing',
  key: 'billing',
  permissions: ['invoices:read', 'invoices:write'],
  ...overrides,
});

it('sends only what was changed, so that nobody else’s change is put back', () => {
  const typed = aDraft({ description: ' Sends invoices ', permissions: ['invoices:write', 'invoices:read'] });
  expect(toUpdate(aDraft(), typed, '')).toEqual({ description: 'Sends invoices' });
});

it('keeps what was typed on top of what somebody else stored', () => {
  const mine = aDraft({ description: 'Mine', permissions: ['invoices:read', 'invoices:void'] });
  const stored = aDraft({
    name: 'Billing team',
    description: 'Theirs',
    permissions: ['invoices:read', 'invoices:write', 'reports:read'],
  });
  const rebased = rebase(aDraft(), mine, stored);
  expect(rebased).toMatchObject({ name: 'Billing team', description: 'Mine' });
  expect(rebased.permissions).toEqual(['invoices:read', 'invoices:void', 'reports:read']);
  expect(Object.keys(changesBetween(stored, rebased)).sort()).toEqual(['description', 'permissions']);
});

it('has nothing left to save when both wanted the same', () => {
  const same = aDraft({ description: 'Same' });
  expect(changesBetween(same, rebase(aDraft(), same, same))).toEqual({});
});
