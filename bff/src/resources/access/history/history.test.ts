import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAccessTo } from '../../../access/actor.ts';
import { readAccessAt } from '../../../access/history/as-of.ts';
import { PLATFORM_TENANT_ID } from '../../../access/permissions.ts';
import { tenantRead } from '../../../db/tenant-tx.ts';
import { type Harness, startHarness } from '../../../testing/fixtures/harness.ts';
import { knob } from '../../../testing/knobs.ts';
import {
  ACTIONS,
  createHistoryFixture,
  exactClock,
  type HistoryFixture,
} from '../../../testing/property/history-actions.ts';

const INSTANTS = knob('TEST_HISTORY_SNAPSHOTS');
const ACTIONS_BETWEEN = 5;
const SEED = knob('TEST_HISTORY_SEED');

interface Snapshot {
  asOf: string;
  /** `userId tenantId` -> what the guard read. */
  held: Map<string, string[]>;
}

let harness: Harness;
let fixture: HistoryFixture;
const snapshots: Snapshot[] = [];
const counts = new Map<string, number>();

beforeAll(async () => {
  harness = await startHarness();
  fixture = await createHistoryFixture(harness, SEED);
  const names = Object.keys(ACTIONS);
  const move = async (name: string) => {
    if (await ACTIONS[name]?.(fixture)) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  for (let warm = 0; warm < 14; warm++) await move(warm % 3 === 0 ? 'createRole' : 'join');
  // Every action must succeed once; which do depends on when roles end.
  while (snapshots.length < INSTANTS || counts.size < names.length) {
    for (let step = 0; step < ACTIONS_BETWEEN; step++) {
      await move(fixture.random.chance(0.4) ? 'assignRoles' : fixture.random.pick(names));
    }
    snapshots.push(await snapshot());
  }
});
afterAll(() => harness.close());

const tenantIds = () => [...fixture.tenants.map(({ id }) => id), PLATFORM_TENANT_ID];
const allUsers = () => [fixture.platformOwner, ...fixture.users];
const pairs = () => allUsers().flatMap(({ id }) => tenantIds().map((tenantId) => [id, tenantId] as const));
/** Ignores the permissions of other suites. */
const concerned = (access: { permissions: ReadonlySet<string>; platformPermissions: ReadonlySet<string> }) => {
  const ours = (codes: ReadonlySet<string>) => [...fixture.codes, 'members:read'].filter((code) => codes.has(code));
  return [...ours(access.permissions), '|', ...ours(access.platformPermissions)];
};

/** Reads the guard's decisions for all users in all tenants. Repeats if a role started or ended while reading. */
async function snapshot(): Promise<Snapshot> {
  const { server, platform } = harness.services.db;
  for (;;) {
    const asOf = await exactClock(harness);
    const held = new Map<string, string[]>();
    for (const [userId, tenantId] of pairs()) {
      const access = await tenantRead(server, { tenantId, userId }, (client) =>
        readAccessTo(client, { ownerId: userId }),
      );
      held.set(`${userId} ${tenantId}`, concerned(access));
    }
    const [concurrent] = await platform.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM membership_role
      WHERE user_id = ANY (${allUsers().map(({ id }) => id)})
        AND (valid_from BETWEEN ${asOf}::timestamptz AND clock_timestamp()
          OR valid_until BETWEEN ${asOf}::timestamptz AND clock_timestamp())`;
    if (concurrent?.count === 0) return { asOf, held };
  }
}

describe('access as of an instant', { timeout: 240_000 }, () => {
  it(`equals what the guard decided at ${INSTANTS} random instants`, async () => {
    expect([...counts.keys()].sort()).toEqual(Object.keys(ACTIONS).sort());
    let differing = 0;
    for (const [index, { asOf, held }] of snapshots.entries()) {
      const before = snapshots[index - 1]?.held;
      for (const [userId, tenantId] of pairs()) {
        const key = `${userId} ${tenantId}`;
        const rebuilt = await tenantRead(harness.services.db.server, { tenantId, userId: null }, (client) =>
          readAccessAt(client, userId, tenantId, asOf, { ownerId: userId }),
        );
        expect(concerned(rebuilt), `${SEED}, ${asOf}: ${key}`).toEqual(held.get(key));
        if (before && before.get(key)?.join() !== held.get(key)?.join()) differing += 1;
      }
    }
    // Snapshots that are all alike would prove nothing.
    expect(differing).toBeGreaterThan(snapshots.length / 2);
  });
});
