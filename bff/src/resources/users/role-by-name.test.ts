import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aMember,
  aStaffMember,
  aTenant,
  aUser,
  type TestTenant,
  type TestUser,
} from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let member: TestUser;
let tenant: TestTenant;
beforeAll(async () => {
  harness = await startHarness();
  [owner, member] = await Promise.all([aUser(harness), aUser(harness)]);
  await aStaffMember(harness, owner, 'owner');
  tenant = await aTenant(harness, { owner });
  await aMember(harness, tenant, member, 'member');
  for (const [key, identityRole] of Object.entries({
    tutor: 'INSTRUCTOR',
    instructor: 'org:dean',
    lab: 'Tutor',
    one: 'Both',
    both: 'org:x',
  }))
    await owner.call('POST', `${tenant.path}/roles`, { name: key, key, identityRole });
});
afterAll(() => harness.close());

/** Names, with the key of the role that each stands for; null for none. */
const NAMES = {
  tutor: 'tutor',
  TUTOR: null,
  Tutor: 'lab',
  instructor: 'instructor',
  INSTRUCTOR: 'tutor',
  Lab: 'lab',
  'org:dean': 'instructor',
  dean: 'instructor',
  'ORG:DEAN': 'instructor',
  'org:admin': 'admin',
  ADMIN: 'admin',
  Both: 'one',
  both: 'both',
  BOTH: null,
  castle: null,
};

describe('the name of a role', () => {
  it('is its key, or its name at the provider, in any case where it is unambiguous', async () => {
    for (const [role, key] of Object.entries(NAMES)) {
      const path = `/api/admin/users/${member.id}`;
      const { status, body } = await owner.call('PATCH', path, { role, tenantId: tenant.id.toUpperCase() });
      if (key === null) expect(body, role).toMatchObject({ status: 422, errors: { role: ['unknown_role'] } });
      else expect([status, body.memberships[0].roles[0].key], role).toEqual([200, key]);
    }
  });

  it('filters the list of roles in the same way', async () => {
    for (const [role, key] of Object.entries(NAMES)) {
      const { body } = await owner.call('GET', `${tenant.path}/roles?key=${role}`);
      if (key !== null)
        expect(
          body.data.map((one: { key: string }) => one.key),
          role,
        ).toEqual([key]);
      else expect(body.data, role).toEqual([]);
    }
  });
});
