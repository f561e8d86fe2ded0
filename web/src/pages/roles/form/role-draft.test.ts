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

it('sends only changed fields', () => {
  const typed = aDraft({ description: ' Sends invoices ', permissions: ['invoices:write', 'invoices:read'] });
  expect(toUpdate(aDraft(), typed, '')).toEqual({ description: 'Sends invoices' });
});

it('rebases the draft onto a newer version', () => {
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

it('has nothing to save when the newer version has the same change', () => {
  const same = aDraft({ description: 'Same' });
  expect(changesBetween(same, rebase(aDraft(), same, same))).toEqual({});
});
