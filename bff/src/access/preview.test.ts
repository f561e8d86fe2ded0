import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Effect } from '../core/schema.ts';
import { aStaffMember, type TestUser } from '../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { knob } from '../testing/knobs.ts';
import { heldGrantsOf } from '../testing/property/blast-radius.ts';
import {
  createEscalationFixture,
  createUsers,
  type EscalationFixture,
  randomSource,
  TENANT_CODES,
} from '../testing/property/escalation-fixture.ts';

const EDITS = knob('TEST_EDITS');
const SEED = 'previews';
const { below, pick, some, happens } = randomSource(SEED);

let harness: Harness;
let fixture: EscalationFixture;
let staff: TestUser;

beforeAll(async () => {
  harness = await startHarness();
  const [platformOwner, ...people] = await createUsers(harness, 14);
  if (!platformOwner) throw new Error('no staff');
  staff = platformOwner;
  await aStaffMember(harness, staff, 'owner');
  fixture = await createEscalationFixture(harness, people);
});
afterAll(() => harness.close());

interface Edit {
  by: TestUser;
  method: string;
  path: string;
  body?: object;
}

const rolesPath = () => `${fixture.tenant.path}/roles`;

const TERMS = [10, 50].map((value) => ({ attribute: 'resource.amount', operator: 'atMost', value }));

/** Permissions, some of them under conditions. */
function someGrants() {
  const permissions = some(TENANT_CODES, 8);
  const conditions = permissions.filter(() => happens(0.3)).map((code) => [code, [pick(TERMS)]] as const);
  return { permissions, ...(happens(0.6) ? { conditions: Object.fromEntries(conditions) } : {}) };
}

async function randomEdit(): Promise<Edit> {
  const roles = await fixture.roles();
  const custom = roles.filter(({ isSystem }) => !isSystem);
  const by = fixture.owner;
  const member = () => `${fixture.tenant.path}/members/${pick(fixture.others).memberId}`;
  const aRole = () => pick(roles).id;
  switch (below(7)) {
    case 0:
      return {
        by,
        method: 'PATCH',
        path: `${rolesPath()}/${pick(custom).id}`,
        body: someGrants(),
      };
    case 1:
      return {
        by,
        method: 'PATCH',
        path: `${rolesPath()}/${pick(custom).id}`,
        body: { parentRoleId: happens(0.7) ? pick(custom).id : null },
      };
    case 2:
      return { by, method: 'DELETE', path: `${rolesPath()}/${pick(custom).id}?remapTo=${aRole()}` };
    case 3: {
      const { id, version } = pick(custom);
      return { by, method: 'POST', path: `${rolesPath()}/${id}/versions/${1 + below(version)}/restore`, body: {} };
    }
    case 4:
      return { by, method: 'PATCH', path: member(), body: { status: happens(0.5) ? 'suspended' : 'active' } };
    case 5:
      if (happens(0.2)) {
        const status = happens(0.5) ? 'suspended' : 'active';
        return { by: staff, method: 'PATCH', path: fixture.tenant.path, body: { status } };
      }
      return happens(0.1) ? { by, method: 'DELETE', path: member() } : randomEdit();
    default: {
      const ids = [...new Set(Array.from({ length: below(4) }, aRole))];
      return { by, method: 'PATCH', path: member(), body: { roles: ids.map((roleId) => ({ roleId })) } };
    }
  }
}

const allMembers = () => [fixture.owner, ...fixture.others];
/** Member -> what they hold: a code, or a code and the conditions under which alone they hold it. */
async function readHeld() {
  const held = await Promise.all(
    allMembers().map(async (user) => {
      const grants = await heldGrantsOf(harness, fixture.tenant.id, [user]);
      const unconditional = new Set(grants.flatMap(({ code, terms }) => (terms.length > 0 ? [] : [code])));
      const conditional = grants
        .filter(({ code }) => !unconditional.has(code))
        .map(({ code, terms }) => `${code} ${terms.join()}`);
      return [user.memberId, new Set(ours([...unconditional, ...conditional], codeOf))] as const;
    }),
  );
  return new Map<string, ReadonlySet<string>>(held);
}
const codeOf = (held: string) => held.split(' ', 1)[0] ?? '';
type Held = Awaited<ReturnType<typeof readHeld>>;

function difference(before: Held, after: Held) {
  const all = allMembers().map(({ memberId }) => {
    const [had, has] = [before.get(memberId) ?? new Set<string>(), after.get(memberId) ?? new Set<string>()];
    return {
      memberId,
      gains: [...has].filter((held) => !had.has(held)),
      loses: [...had].filter((held) => !has.has(held)),
    };
  });
  const changed = all.filter(({ gains, loses }) => gains.length + loses.length > 0);
  const count = (side: 'gains' | 'loses') =>
    [...TENANT_CODES].sort().flatMap((code) => {
      const unconditional = changed.filter((person) => person[side].includes(code)).length;
      const conditional = changed.filter((person) => person[side].some((held) => held.startsWith(`${code} `))).length;
      return [
        ...(unconditional > 0 ? [{ code, count: unconditional }] : []),
        ...(conditional > 0 ? [{ code, count: conditional, conditional: true }] : []),
      ];
    });
  const codes = (held: string[]) => [...new Set(held.map(codeOf))].sort();
  const people = changed.map((one) => ({ ...one, gains: codes(one.gains), loses: codes(one.loses) }));
  return { affected: changed.length, gains: count('gains'), loses: count('loses'), members: sortedMembers(people) };
}
const sortedMembers = <T extends { memberId: string }>(members: T[]) =>
  [...members].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
// Other suites add permissions to the shared catalogue, and an owner holds those too.
const ours = <T>(items: readonly T[], codeOf: (item: T) => string) =>
  items.filter((item) => (TENANT_CODES as readonly string[]).includes(codeOf(item)));
const identity = (code: string) => code;

function relevant(effect: Effect) {
  const members = effect.members
    .map(({ memberId, gains, loses }) => ({ memberId, gains: ours(gains, identity), loses: ours(loses, identity) }))
    .filter(({ gains, loses }) => gains.length + loses.length > 0);
  return {
    affected: members.length,
    gains: ours(effect.gains, ({ code }) => code),
    loses: ours(effect.loses, ({ code }) => code),
    members: sortedMembers(members),
  };
}

it(`predicts the effect of ${EDITS} random edits`, async () => {
  let before = await readHeld();
  const seen = { made: 0, refused: 0, changed: 0 };
  for (let round = 0; seen.made < EDITS; round++) {
    const custom = (await fixture.roles()).filter(({ isSystem }) => !isSystem);
    if (custom.length < 6) {
      const body = {
        name: `Role ${round}`,
        permissions: some(TENANT_CODES, 8),
        parentRoleId: happens(0.5) && custom[0] ? pick(custom).id : null,
      };
      const made = await fixture.owner.call('POST', rolesPath(), body);
      if (made.status === 403) await staff.call('PATCH', fixture.tenant.path, { status: 'active' });
      before = await readHeld();
      continue;
    }
    const { by, method, path, body } = await randomEdit();
    const preview = await by.call(method, `${path}${path.includes('?') ? '&' : '?'}dryRun=true`, body);
    const real = await by.call(method, path, body);
    const after = await readHeld();
    const description = `seed ${SEED}, round ${round}: ${method} ${path} ${JSON.stringify(body)}`;
    if (real.status >= 400) {
      expect({ status: preview.status, code: preview.body.code }, description).toEqual({
        status: real.status,
        code: real.body.code,
      });
      expect(real.status, description).toBeLessThan(500);
      if (real.body.code === 'tenant_suspended') await staff.call('PATCH', fixture.tenant.path, { status: 'active' });
      seen.refused += 1;
      before = await readHeld();
      continue;
    }
    const measured = difference(before, after);
    expect(preview.body.affected, description).toBe(preview.body.members.length);
    expect(relevant(preview.body), description).toEqual(measured);
    seen.made += 1;
    if (measured.affected > 0) seen.changed += 1;
    before = after;
  }
  // How many of them do depends on the order of random ids.
  expect(seen.changed).toBeGreaterThan(EDITS / 8);
}, 180_000);
