// @vitest-environment node
import { afterEach, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, endOfDay, startOfDay } from '../../core/days.ts';
import { extended, tomorrow } from './role-days.ts';

const { TZ } = process.env;
afterEach(() => {
  process.env.TZ = TZ;
});

const extendedDay = (zone: string, [from, until]: [string, string]) => {
  process.env.TZ = zone;
  const period = { from: startOfDay(from) ?? '', until: endOfDay(until) ?? '' };
  return dayOf(new Date(extended(period, Date.parse(period.from))));
};

it.each([
  // The twelve days from 20 to 31 October, one of them with 25 hours.
  ['Europe/Zurich', '2026-10-20', '2026-10-31', '2026-11-12'],
  ['Europe/Zurich', '2026-03-20', '2026-03-31', '2026-04-12'],
  ['Europe/Zurich', '2026-10-25', '2026-10-25', '2026-10-26'],
  ['America/New_York', '2026-10-25', '2026-11-07', '2026-11-21'],
  ['Australia/Lord_Howe', '2026-03-29', '2026-04-07', '2026-04-17'],
  // Midnight of 6 September does not exist there.
  ['America/Santiago', '2026-09-06', '2026-09-07', '2026-09-09'],
  ['UTC', '2026-10-20', '2026-10-31', '2026-11-12'],
])('extends a role in %s from %s to %s until %s', (zone, from, until, day) => {
  expect(extendedDay(zone, [from, until])).toBe(day);
});

it('extends a role that began and ends within a day by as many days', () => {
  process.env.TZ = 'Europe/Zurich';
  const period = { from: '2026-10-20T08:00:00Z', until: '2026-10-31T09:00:00Z' };
  expect(dayOf(new Date(extended(period, Date.parse(period.from))))).toBe('2026-11-11');
});

it('adds calendar days, whatever the length of a day', () => {
  process.env.TZ = 'Europe/Zurich';
  const evening = new Date('2026-10-24T21:30:00Z');
  expect(addDays(evening, 1).toISOString()).toBe('2026-10-25T22:30:00.000Z');
  expect(addDays(evening, -30).toISOString()).toBe('2026-09-24T21:30:00.000Z');
  expect(tomorrow(Date.parse('2026-10-24T22:30:00Z'))).toBe('2026-10-26');
  expect(tomorrow(Date.parse('2026-03-28T22:30:00Z'))).toBe('2026-03-29');
});

it('counts calendar days', () => {
  process.env.TZ = 'Europe/Zurich';
  expect(daysBetween('2026-10-24T21:59:00Z', '2026-10-24T22:01:00Z')).toBe(1);
  expect(daysBetween('2026-10-24T22:00:00Z', '2026-10-25T22:59:00Z')).toBe(0);
  expect(daysBetween('2026-11-20T10:00:00Z', '2026-11-17T23:30:00Z')).toBe(-2);
});

it('is null without a valid day', () => {
  expect([startOfDay(''), endOfDay(''), startOfDay('12026-01-01'), endOfDay('no day')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
