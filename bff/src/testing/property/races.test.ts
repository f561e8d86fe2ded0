import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestUser } from '../fixtures/builders.ts';
import { type Harness, startHarness } from '../fixtures/harness.ts';
import { knob } from '../knobs.ts';
import { createEscalationFixture, createUsers, type FixtureMember, graphViolations } from './escalation-fixture.ts';

const RACES = knob('TEST_RACES');

let harness: Harness;
let users: TestUser[];

beforeAll(async () => {
  harness = await startHarness();
  users = await createUsers(harness, 3);
});
afterAll(() => harness.close());

/** Creates a tenant for each kind of race, so that they can run concurrently. */
async function createRaceFixture() {
  const fixture = await createEscalationFixture(harness, users);
  const { owner, tenant, others } = fixture;
  const [second, member] = others as [FixtureMember, FixtureMember];
  const { path } = tenant;
  return {
    ...fixture,
    owner,
    second,
    member,
    path,
    role: (key: string) => tenant.roleId(key),
    assignRole: (by: FixtureMember, to: FixtureMember, roleId: string) =>
      by.call('PATCH', `${path}/members/${to.memberId}`, { roles: [{ roleId }] }),
    newRole: async (name: string) =>
      (await owner.call('POST', `${path}/roles`, { name, permissions: ['members:read'] })).body.id as string,
  };
}

/** Repeats a race and rejects any response with an unexpected status. Returns the combinations seen. */
async function race(
  attempt: (number: number) => Promise<{ status: number; body: unknown }[]>,
  expectedStatuses: number[],
) {
  const outcomes = new Set<string>();
  for (let number = 0; number < RACES; number++) {
    const responses = await attempt(number);
    for (const { status, body } of responses) expect(expectedStatuses, JSON.stringify(body)).toContain(status);
    outcomes.add(responses.map(({ status }) => status).join());
  }
  return outcomes;
}

describe.concurrent(`${RACES} concurrent conflicting changes`, { timeout: 180_000 + 1_000 * RACES }, () => {
  it('keep one of two owners who demote each other', async () => {
    const { owner, second, role, assignRole, heldBy, owners } = await createRaceFixture();
    await race(async () => {
      // The remaining owner promotes the other again.
      const [strong, weak] = (await heldBy(owner)).has('tenant:update') ? [owner, second] : [second, owner];
      expect((await assignRole(strong, weak, role('owner'))).status).toBe(200);
      const responses = await Promise.all([
        assignRole(owner, second, role('member')),
        assignRole(second, owner, role('member')),
      ]);
      expect(await owners()).toBe(1);
      return responses;
    }, [200, 403]);
  });

  it('allow only one of two roles to become the other’s parent', async () => {
    const { owner, path, newRole, roles } = await createRaceFixture();
    const [a, b] = [await newRole('Left'), await newRole('Right')];
    const below = (child: string, parentRoleId: string | null) =>
      owner.call('PATCH', `${path}/roles/${child}`, { parentRoleId });
    const outcomes = await race(async () => {
      const responses = await Promise.all([below(a, b), below(b, a)]);
      expect(graphViolations(await roles())).toEqual([]);
      await below(a, null);
      await below(b, null);
      return responses;
    }, [200, 409]);
    expect(outcomes).not.toContain('200,200');
  });

  it('leave no member with a role that was deleted', async () => {
    const { owner, member, path, role, assignRole, newRole, roles } = await createRaceFixture();
    const outcomes = await race(
      async (number) => {
        const id = await newRole(`Temporary ${number}`);
        const responses = await Promise.all([
          owner.call('DELETE', `${path}/roles/${id}${number % 2 ? `?remapTo=${role('auditor')}` : ''}`),
          assignRole(owner, member, id),
        ]);
        const held = (await owner.call('GET', `${path}/members/${member.memberId}`)).body.roles;
        const existing = (await roles()).map((each) => each.id);
        expect(held.filter((each: { id: string }) => !existing.includes(each.id))).toEqual([]);
        return responses;
      },
      [200, 204, 409, 422],
    );
    expect(outcomes).not.toContain('204,204');
  });

  it('allow a member who is being suspended to write only before', async () => {
    const { owner, second, path, role, assignRole } = await createRaceFixture();
    await race(
      async (number) => {
        const as = (status: string) => owner.call('PATCH', `${path}/members/${second.memberId}`, { status });
        await as('active');
        await assignRole(owner, second, role('admin'));
        const responses = await Promise.all([
          as('suspended'),
          second.call('POST', `${path}/roles`, { name: `Last write ${number}` }),
        ]);
        const [suspended, written] = responses;
        expect(suspended?.status).toBe(200);
        const auditLog = (await owner.call('GET', `${path}/audit-logs?limit=2&outcome=allowed`)).body.data;
        const last = auditLog.map(({ action }: { action: string }) => action);
        expect(last[0]).toBe('member.suspended');
        if (written?.status === 201) expect(last[1]).toBe('role.created');
        return responses;
      },
      [200, 201, 403],
    );
  });
});
