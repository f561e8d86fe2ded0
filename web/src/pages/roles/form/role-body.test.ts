import { expect, it } from 'vitest';
import { bodyOf, changesBetween, emptyRole, isComplete, type RoleBody, rebase, valuesOf } from './role-body.ts';

const aRole = (overrides: Partial<RoleBody> = {}): RoleBody => ({
  ...emptyRole,
  name: 'Billing',
  permissions: ['invoices:read', 'invoices:write'],
  ...overrides,
});

it('sends only changed fields', () => {
  const typed = aRole({ description: ' Sends invoices ', permissions: ['invoices:write', 'invoices:read'] });
  expect(changesBetween(aRole(), bodyOf(valuesOf(typed)))).toEqual({ description: 'Sends invoices' });
});

it('rebases the edits onto a newer version', () => {
  const mine = aRole({ description: 'Mine', permissions: ['invoices:read', 'invoices:void'] });
  const stored = aRole({
    name: 'Billing team',
    description: 'Theirs',
    permissions: ['invoices:read', 'invoices:write', 'reports:read'],
  });
  const rebased = rebase(aRole(), mine, stored);
  expect(rebased).toMatchObject({ name: 'Billing team', description: 'Mine' });
  expect(rebased.permissions).toEqual(['invoices:read', 'invoices:void', 'reports:read']);
  expect(Object.keys(changesBetween(stored, rebased)).sort()).toEqual(['description', 'permissions']);
});

it('has nothing to save when the newer version has the same change', () => {
  const same = aRole({ description: 'Same' });
  expect(changesBetween(same, rebase(aRole(), same, same))).toEqual({});
});

it('keeps conditions of chosen permissions only, and refuses incomplete ones', () => {
  const terms = [{ attribute: 'resource.amount', operator: 'atMost' as const, value: 500 }];
  const values = valuesOf(aRole({ conditions: { 'invoices:write': terms } }));
  expect(bodyOf(values).conditions).toEqual({ 'invoices:write': terms });
  expect(bodyOf({ ...values, permissions: ['invoices:read'] }).conditions).toEqual({});
  expect(isComplete(values)).toBe(true);
  const unfinished = { attribute: 'resource.', operator: 'equals' as const, kind: 'text' as const, text: '' };
  expect(isComplete({ ...values, conditions: { 'invoices:read': [unfinished] } })).toBe(false);
});
