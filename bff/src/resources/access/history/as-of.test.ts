import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessExplanation, AccessHolder } from '../../../access/explain/schema.ts';
import type { EffectiveAccess } from '../../../access/history/schema.ts';
import { aStaffMember, aUser } from '../../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../../testing/fixtures/harness.ts';
import {
  ACTIONS,
  ask,
  createHistoryFixture,
  exactClock,
  type HistoryFixture,
} from '../../../testing/property/history-actions.ts';
import type { AccessComparison } from './schema.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

describe('all questions about an instant', { timeout: 180_000 }, () => {
  let fixture: HistoryFixture;
  const moments: string[] = [];

  beforeAll(async () => {
    fixture = await createHistoryFixture(harness, 'questions');
    const names = Object.keys(ACTIONS).filter((name) => name !== 'suspendTenant');
    for (let step = 0; step < 50; step++) {
      await ACTIONS[
        step < 6 ? 'createRole' : step < 14 ? 'join' : step % 3 ? 'assignRoles' : fixture.random.pick(names)
      ]?.(fixture);
      if (step > 18 && step % 5 === 0) moments.push(await exactClock(harness));
    }
  });

  it('agree: effective access, explanation, holders, role holders, comparison', async () => {
    const { platformOwner, users, codes, tenants } = fixture;
    const support = await aUser(harness);
    await aStaffMember(harness, support, 'support');
    let allowed = 0;
    let changed = 0;
    for (const { path } of tenants) {
      const held: Map<string, string[]>[] = [];
      for (const asOf of moments) {
        const effective = new Map<string, string[]>();
        const byRole = new Map<string, Set<string>>();
        for (const { id } of users) {
          const answer = await ask<EffectiveAccess>(platformOwner, `${path}/access/effective`, { userId: id, asOf });
          effective.set(
            id,
            answer.permissions.map(({ code }) => code).filter((code) => codes.includes(code)),
          );
          for (const way of answer.permissions.flatMap(({ paths }) => paths)) {
            if (way.via === 'tenant') byRole.set(way.role.id, (byRole.get(way.role.id) ?? new Set()).add(id));
          }
          const code = codes[0] ?? '';
          const told = await ask<AccessExplanation>(support, `${path}/access/explain`, {
            userId: id,
            permission: code,
            asOf,
          });
          expect(told.allowed, `${asOf} ${id}`).toBe(effective.get(id)?.includes(code));
          const ways = answer.permissions.find((one) => one.code === code)?.paths ?? [];
          expect(told.paths.map(({ role }) => role.id)).toEqual(ways.map(({ role }) => role.id));
          allowed += Number(told.allowed);
        }
        for (const permission of codes.slice(0, 3)) {
          const { data } = await ask<{ data: AccessHolder[] }>(platformOwner, `${path}/access/holders`, {
            permission,
            asOf,
            limit: '100',
          });
          const listed = users.filter(({ id }) => data.some(({ user }) => user?.id === id));
          const members = users.filter(({ id }) => effective.get(id)?.includes(permission));
          // Staff who are not members are not named.
          expect(members.map(({ id }) => id)).toEqual(expect.arrayContaining(listed.map(({ id }) => id)));
          for (const { id } of members) {
            if (![...byRole.values()].some((holders) => holders.has(id))) continue;
            expect(
              listed.some((person) => person.id === id) || data.some(({ user }) => user === null),
              `${asOf} ${permission}`,
            ).toBe(true);
          }
        }
        for (const [roleId, holders] of byRole) {
          const { data } = await ask<{ data: { user: { id: string } }[] }>(
            platformOwner,
            `${path}/access/role-holders`,
            {
              roleId,
              asOf,
              limit: '100',
            },
          );
          expect(data.map(({ user }) => user.id)).toEqual(expect.arrayContaining([...holders]));
        }
        held.push(effective);
      }
      for (let index = 1; index < moments.length; index++) {
        const [from = '', to = ''] = [moments[index - 1], moments[index]];
        const compared = await ask<AccessComparison>(platformOwner, `${path}/access/compare`, {
          from,
          to,
          limit: '100',
        });
        for (const { user, gains, loses } of compared.data.filter(({ user }) =>
          users.some(({ id }) => id === user.id),
        )) {
          const [before = [], after = []] = [held[index - 1]?.get(user.id), held[index]?.get(user.id)];
          const ours = (list: string[]) => list.filter((code) => codes.includes(code));
          expect(ours(gains), `${from} ${to}`).toEqual(after.filter((code) => !before.includes(code)));
          expect(ours(loses), `${from} ${to}`).toEqual(before.filter((code) => !after.includes(code)));
          changed += 1;
        }
      }
    }
    expect(allowed).toBeGreaterThan(2);
    expect(changed).toBeGreaterThan(1);
  });
});
