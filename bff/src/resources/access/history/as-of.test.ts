import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessExplanation, AccessHolder } from '../../../access/explain/schema.ts';
import type { EffectiveAccess, RoleHolder } from '../../../access/history/schema.ts';
import { aStaffMember, aUser, type TestUser } from '../../../testing/fixtures/builders.ts';
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
let fixture: HistoryFixture;
let support: TestUser;
const instants: string[] = [];

beforeAll(async () => {
  harness = await startHarness();
  fixture = await createHistoryFixture(harness, 'questions');
  const names = Object.keys(ACTIONS).filter((name) => name !== 'suspendTenant');
  for (let step = 0; step < 50; step++) {
    await ACTIONS[
      step < 6 ? 'createRole' : step < 14 ? 'join' : step % 3 ? 'assignRoles' : fixture.random.pick(names)
    ]?.(fixture);
    if (step > 18 && step % 5 === 0) instants.push(await exactClock(harness));
  }
  support = await aUser(harness);
  await aStaffMember(harness, support, 'support');
}, 180_000);
afterAll(() => harness.close());

/** What effective access said of all users at one instant. */
interface Effective {
  /** User id -> codes of this suite. */
  codes: Map<string, string[]>;
  /** Role id -> users who held something through it in the tenant. */
  byRole: Map<string, Set<string>>;
}

const ours = (codes: string[]) => codes.filter((code) => fixture.codes.includes(code));

/** Reads the effective access of all users, and expects the explanation of one permission to agree. */
async function readEffective(path: string, asOf: string): Promise<Effective> {
  const effective: Effective = { codes: new Map(), byRole: new Map() };
  for (const { id } of fixture.users) {
    const { permissions } = await ask<EffectiveAccess>(fixture.platformOwner, `${path}/access/effective`, {
      userId: id,
      asOf,
    });
    effective.codes.set(id, ours(permissions.map(({ code }) => code)));
    for (const { via, role } of permissions.flatMap(({ paths }) => paths)) {
      if (via === 'tenant') effective.byRole.set(role.id, (effective.byRole.get(role.id) ?? new Set()).add(id));
    }
    await expectExplained(path, asOf, id, permissions);
  }
  return effective;
}

async function expectExplained(
  path: string,
  asOf: string,
  userId: string,
  permissions: EffectiveAccess['permissions'],
) {
  const permission = fixture.codes[0] ?? '';
  const query = { userId, permission, asOf };
  const explained = await ask<AccessExplanation>(support, `${path}/access/explain`, query);
  const held = permissions.find(({ code }) => code === permission);
  expect(explained.allowed, `${asOf} ${userId}`).toBe(held !== undefined);
  expect(explained.paths.map(({ role }) => role.id)).toEqual((held?.paths ?? []).map(({ role }) => role.id));
}

async function expectHolders(path: string, asOf: string, { codes, byRole }: Effective): Promise<void> {
  const hasTenantRole = (id: string) => [...byRole.values()].some((holders) => holders.has(id));
  for (const permission of fixture.codes.slice(0, 3)) {
    const query = { permission, asOf, limit: '100' };
    const { data } = await ask<{ data: AccessHolder[] }>(fixture.platformOwner, `${path}/access/holders`, query);
    const listed = fixture.users.map(({ id }) => id).filter((id) => data.some(({ user }) => user?.id === id));
    const expected = fixture.users.map(({ id }) => id).filter((id) => codes.get(id)?.includes(permission));
    // Staff who are not members are not named.
    expect(expected).toEqual(expect.arrayContaining(listed));
    const unnamed = expected.filter((id) => hasTenantRole(id) && !listed.includes(id));
    if (unnamed.length > 0)
      expect(
        data.map(({ user }) => user),
        `${asOf} ${permission}`,
      ).toContain(null);
  }
}

async function expectRoleHolders(path: string, asOf: string, { byRole }: Effective): Promise<void> {
  for (const [roleId, holders] of byRole) {
    const query = { roleId, asOf, limit: '100' };
    const { data } = await ask<{ data: RoleHolder[] }>(fixture.platformOwner, `${path}/access/role-holders`, query);
    expect(data.map(({ user }) => user.id)).toEqual(expect.arrayContaining([...holders]));
  }
}

/** Returns how many users the comparison lists. */
async function expectCompared(path: string, span: { from: string; to: string }, before: Effective, after: Effective) {
  const { data } = await ask<AccessComparison>(fixture.platformOwner, `${path}/access/compare`, {
    ...span,
    limit: '100',
  });
  const deltas = data.filter(({ user }) => fixture.users.some(({ id }) => id === user.id));
  for (const { user, gains, loses } of deltas) {
    const [had, has] = [before.codes.get(user.id) ?? [], after.codes.get(user.id) ?? []];
    expect(ours(gains), `${span.from} ${span.to}`).toEqual(has.filter((code) => !had.includes(code)));
    expect(ours(loses), `${span.from} ${span.to}`).toEqual(had.filter((code) => !has.includes(code)));
  }
  return deltas.length;
}

describe('all questions about an instant', { timeout: 180_000 }, () => {
  it('agree: effective access, explanation, holders, role holders, comparison', async () => {
    let allowed = 0;
    let changed = 0;
    for (const { path } of fixture.tenants) {
      let previous: { asOf: string; effective: Effective } | undefined;
      for (const asOf of instants) {
        const effective = await readEffective(path, asOf);
        allowed += [...effective.codes.values()].filter((codes) => codes.includes(fixture.codes[0] ?? '')).length;
        await expectHolders(path, asOf, effective);
        await expectRoleHolders(path, asOf, effective);
        if (previous) {
          changed += await expectCompared(path, { from: previous.asOf, to: asOf }, previous.effective, effective);
        }
        previous = { asOf, effective };
      }
    }
    expect(allowed).toBeGreaterThan(2);
    expect(changed).toBeGreaterThan(1);
  });
});
