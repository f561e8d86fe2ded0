import type { Member } from 'bff/contract';
import { expect, it } from 'vitest';
import { dayOf, startOfDay } from '../../core/days.ts';
import { endsBeforeStart, extended } from './role-days.ts';
import { changesOf, draftOf, rolesBody, withRoles } from './roles-draft.ts';

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const later = inDays(10);
const role = (id: string, more: object = {}) => ({
  id,
  isPrimary: false,
  validFrom: inDays(-5),
  validUntil: null,
  ...more,
});
const member = {
  roles: [
    role('clerk', { isPrimary: true, validUntil: later }),
    role('next', { validFrom: inDays(3) }),
    role('member'),
  ],
} as unknown as Member;

it('omits past start dates and sends one that changed to now', () => {
  const draft = draftOf(member);
  expect(changesOf(member, draft)).toEqual({ added: [], removed: [], rescheduled: [], endsBeforeStart: false });
  const body = rolesBody(member, { ...draft, next: { from: null, until: null } });
  expect(body[0]).toEqual({ roleId: 'clerk', isPrimary: true, validUntil: later });
  expect(Math.abs(Date.parse(body[1]?.validFrom ?? '') - Date.now())).toBeLessThan(5_000);
});

it('lists added, removed and rescheduled roles and moves the primary role', () => {
  const draft = withRoles(draftOf(member), ['next', 'member', 'new']);
  const changed = { ...draft, member: { from: null, until: later } };
  expect(changesOf(member, changed)).toMatchObject({ added: ['new'], removed: ['clerk'], rescheduled: ['member'] });
  expect(rolesBody(member, changed).map(({ roleId, isPrimary }) => [roleId, isPrimary])).toEqual([
    ['next', true],
    ['member', false],
    ['new', false],
  ]);
});

it('extends by the original length, to the end of the day', () => {
  const until = new Date('2030-03-31T21:59:59Z');
  const end = new Date(
    extended({ from: '2030-03-01T22:00:00Z', until: until.toISOString() }, Date.parse('2030-03-20')),
  );
  expect(dayOf(end)).toBe(dayOf(new Date(until.getTime() + until.getTime() - Date.parse('2030-03-01T22:00:00Z'))));
  expect([end.getHours(), end.getMinutes()]).toEqual([23, 59]);
});

it('rejects a period that ends before it starts', () => {
  const from = startOfDay(dayOf(new Date(Date.now() + 5 * DAY)));
  expect(endsBeforeStart({ from, until: inDays(2) })).toBe(true);
  expect(endsBeforeStart({ from, until: inDays(8) })).toBe(false);
  expect(endsBeforeStart({ from: null, until: inDays(-1) })).toBe(true);
});
