import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestUser } from '../fixtures/builders.ts';
import { type Harness, startHarness } from '../fixtures/harness.ts';
import { knob } from '../knobs.ts';
import { anArena, type Fighter, faultsOf, somePeople } from './escalation-fixture.ts';

const RACES = knob('TEST_RACES');

let harness: Harness;
let people: TestUser[];

beforeAll(async () => {
  harness = await startHarness();
  people = await somePeople(harness, 3);
});
afterAll(() => harness.close());

/** A tenant of its own for each kind of race, so that they can run side by side. */
async function aField() {
  const arena = await anArena(harness, people);
  const { owner, tenant, others } = arena;
  const [second, member] = others as [Fighter, Fighter];
  const { path } = tenant;
  return {
    ...arena,
    owner,
    second,
    member,
    path,
    role: (key: string) => tenant.roleId(key),
    give: (by: Fighter, to: Fighter, roleId: string) =>
      by.call('PATCH', `${path}/members/${to.memberId}`, { roles: [{ roleId }] }),
    newRole: async (name: string) =>
      (await owner.call('POST', `${path}/roles`, { name, permissions: ['members:read'] })).body.id as string,
  };
}

/** Runs both at once, again and again, and refuses any answer that is not the server's own decision. */
async function race(round: (number: number) => Promise<{ status: number; body: unknown }[]>, allowed: number[]) {
  const outcomes = new Set<string>();
  for (let number = 0; number < RACES; number++) {
    const answers = await round(number);
    for (const { status, body } of answers) expect(allowed, JSON.stringify(body)).toContain(status);
    outcomes.add(answers.map(({ status }) => status).join());
  }
  return outcomes;
}

describe.concurrent(`at the same time, ${RACES} times`, { timeout: 180_000 + 1_000 * RACES }, () => {
  it('two owners demote each other, and one stays', async () => {
    const { owner, second, role, give, heldBy, owners } = await aField();
    await race(async () => {
      // Whoever is left of the two makes the other an owner again.
      const [strong, weak] = (await heldBy(owner)).has('tenant:update') ? [owner, second] : [second, owner];
      expect((await give(strong, weak, role('owner'))).status).toBe(200);
      const answers = await Promise.all([give(owner, second, role('member')), give(second, owner, role('member'))]);
      expect(await owners()).toBe(1);
      return answers;
    }, [200, 403]);
  });

  it('two roles become each other’s parent, and only one does', async () => {
    const { owner, path, newRole, roles } = await aField();
    const [a, b] = [await newRole('Left'), await newRole('Right')];
    const below = (child: string, parentRoleId: string | null) =>
      owner.call('PATCH', `${path}/roles/${child}`, { parentRoleId });
    const outcomes = await race(async () => {
      const answers = await Promise.all([below(a, b), below(b, a)]);
      expect(faultsOf(await roles())).toEqual([]);
      await below(a, null);
      await below(b, null);
      return answers;
    }, [200, 409]);
    expect(outcomes).not.toContain('200,200');
  });

  it('a role is deleted and given, and nobody is left with a role that is gone', async () => {
    const { owner, member, path, role, give, newRole, roles } = await aField();
    const outcomes = await race(
      async (number) => {
        const id = await newRole(`Fleeting ${number}`);
        const answers = await Promise.all([
          owner.call('DELETE', `${path}/roles/${id}${number % 2 ? `?remapTo=${role('auditor')}` : ''}`),
          give(owner, member, id),
        ]);
        const held = (await owner.call('GET', `${path}/members/${member.memberId}`)).body.roles;
        const living = (await roles()).map((each) => each.id);
        expect(held.filter((each: { id: string }) => !living.includes(each.id))).toEqual([]);
        return answers;
      },
      [200, 204, 409, 422],
    );
    expect(outcomes).not.toContain('204,204');
  });

  it('a member is suspended and writes: whatever was written was written before', async () => {
    const { owner, second, path, role, give } = await aField();
    await race(
      async (number) => {
        const as = (status: string) => owner.call('PATCH', `${path}/members/${second.memberId}`, { status });
        await as('active');
        await give(owner, second, role('admin'));
        const answers = await Promise.all([
          as('suspended'),
          second.call('POST', `${path}/roles`, { name: `Last act ${number}` }),
        ]);
        const [suspended, written] = answers;
        expect(suspended?.status).toBe(200);
        const trail = (await owner.call('GET', `${path}/audit-logs?limit=2&outcome=allowed`)).body.data;
        const last = trail.map(({ action }: { action: string }) => action);
        expect(last[0]).toBe('member.suspended');
        if (written?.status === 201) expect(last[1]).toBe('role.created');
        return answers;
      },
      [200, 201, 403],
    );
  });
});
