import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseNow } from '../../db/clock.ts';
import { aMember, aStaffMember, aTenant, aUser, setBan, type TestTenant, type TestUser } from '../fixtures/builders.ts';
import { type Harness, startHarness } from '../fixtures/harness.ts';
import { knob } from '../knobs.ts';

const PAIRS = knob('TEST_REVOCATIONS');

let here: Harness;
let there: Harness;
let boss: TestUser;

/** Two servers before one database: what one takes away, the other must refuse at once. */
beforeAll(async () => {
  [here, there] = await Promise.all([startHarness(), startHarness()]);
  boss = await aUser(here, { name: 'Revocation boss' });
  await aStaffMember(here, boss, 'owner');
});
afterAll(() => Promise.all([here.close(), there.close()]));

interface Scene {
  tenant: TestTenant;
  owner: TestUser;
  user: TestUser;
  memberId: string;
  roleId: string;
  keyId: string;
  apiKey: string;
}

interface Route {
  name: string;
  /** Takes the right away on one server. */
  revoke: (scene: Scene) => Promise<{ status: number } | undefined>;
  /** Whether the other server still allows it. */
  isAllowed?: (scene: Scene) => Promise<boolean>;
  /** Gives it again; what cannot be given again gets a new scene. */
  restore?: (scene: Scene) => Promise<unknown>;
}

const memberPath = ({ tenant, memberId }: Scene) => `${tenant.path}/members/${memberId}`;
const rolePath = ({ tenant, roleId }: Scene) => `${tenant.path}/roles/${roleId}`;
const inviting = async ({ tenant, user }: Scene) => {
  const call = there.as(user.cookie);
  const { status } = await call('GET', `${tenant.path}/invitations`);
  expect([200, 401, 403, 404], 'an answer of the guard').toContain(status);
  return status === 200;
};
const give = (scene: Scene, roleIds: string[]) =>
  scene.owner.call('PATCH', memberPath(scene), { roles: roleIds.map((roleId) => ({ roleId })) });
/** What the host app hears from the other server. */
const told = async ({ apiKey, tenant, user }: Scene) => {
  const checks = [{ userId: user.id, tenantId: tenant.id, permission: 'invitations:read' }];
  const answer = await there.anonymous('POST', '/api/access/check', { checks }, { authorization: `Bearer ${apiKey}` });
  expect([200, 401]).toContain(answer.status);
  return answer.status === 200 && answer.body.results[0].allowed === true;
};
const CODES = ['members:read', 'invitations:read'];

const ROUTES: Route[] = [
  {
    name: 'the role is taken',
    revoke: (scene) => give(scene, [scene.tenant.roleId('member')]),
    restore: (scene) => give(scene, [scene.roleId]),
  },
  {
    name: 'the role loses the permission',
    revoke: (scene) => scene.owner.call('PATCH', rolePath(scene), { permissions: ['members:read'] }),
    restore: (scene) => scene.owner.call('PATCH', rolePath(scene), { permissions: CODES }),
  },
  {
    name: 'the role loses its parent',
    revoke: async (scene) => {
      const parent = await scene.owner.call('POST', `${scene.tenant.path}/roles`, {
        name: `Parent ${uuid().slice(-12)}`,
        permissions: CODES,
      });
      await scene.owner.call('PATCH', rolePath(scene), { permissions: [], parentRoleId: parent.body.id });
      expect(await inviting(scene)).toBe(true);
      return scene.owner.call('PATCH', rolePath(scene), { parentRoleId: null });
    },
    restore: (scene) => scene.owner.call('PATCH', rolePath(scene), { permissions: CODES }),
  },
  {
    name: 'an older version of the role is restored',
    revoke: async (scene) => {
      const { body } = await scene.owner.call('PATCH', rolePath(scene), { permissions: ['members:read'] });
      await scene.owner.call('PATCH', rolePath(scene), { permissions: CODES });
      expect(await inviting(scene)).toBe(true);
      return scene.owner.call('POST', `${rolePath(scene)}/versions/${body.version}/restore`, {});
    },
    restore: (scene) => scene.owner.call('PATCH', rolePath(scene), { permissions: CODES }),
  },
  {
    name: 'the role is deleted and another given in its place',
    revoke: (scene) => scene.owner.call('DELETE', `${rolePath(scene)}?remapTo=${scene.tenant.roleId('member')}`),
  },
  {
    name: 'the member is suspended',
    revoke: (scene) => scene.owner.call('PATCH', memberPath(scene), { status: 'suspended' }),
    restore: (scene) => scene.owner.call('PATCH', memberPath(scene), { status: 'active' }),
  },
  { name: 'the member is removed', revoke: (scene) => scene.owner.call('DELETE', memberPath(scene)) },
  {
    name: 'the tenant is suspended',
    revoke: ({ tenant }) => boss.call('PATCH', `/api/admin/tenants/${tenant.id}`, { status: 'suspended' }),
    restore: ({ tenant }) => boss.call('PATCH', `/api/admin/tenants/${tenant.id}`, { status: 'active' }),
  },
  {
    name: 'the person is banned at the provider',
    revoke: async (scene) => {
      await setBan(here, scene.user.id, true);
      return undefined;
    },
    restore: (scene) => setBan(here, scene.user.id, false),
  },
  { name: 'the session is ended', revoke: ({ user }) => user.call('POST', '/api/auth/sign-out', {}) },
  {
    name: 'the API key is revoked',
    revoke: ({ owner, tenant, keyId }) => owner.call('POST', `${tenant.path}/api-keys/${keyId}/revoke`, {}),
    isAllowed: told,
  },
  {
    name: 'the role is taken, as the host app is told',
    revoke: (scene) => give(scene, [scene.tenant.roleId('member')]),
    isAllowed: told,
    restore: (scene) => give(scene, [scene.roleId]),
  },
];

async function aScene(): Promise<Scene> {
  const [owner, user] = [await aUser(here), await aUser(here)];
  const tenant = await aTenant(here, { owner });
  const memberId = await aMember(here, tenant, user, 'member');
  const role = await owner.call('POST', `${tenant.path}/roles`, { name: 'Reader', permissions: CODES });
  const key = await owner.call('POST', `${tenant.path}/api-keys`, { name: 'App', expiresInDays: 1 });
  expect([role.status, key.status], JSON.stringify(key.body)).toEqual([201, 201]);
  const scene = { tenant, owner, user, memberId, roleId: role.body.id, keyId: key.body.id, apiKey: key.body.key };
  expect((await give(scene, [scene.roleId])).status).toBe(200);
  return scene;
}

describe.concurrent(`of ${PAIRS} rights taken on one server`, { timeout: 3_600_000 }, () => {
  it.each(ROUTES)('none is left on the other when $name', async ({ revoke, isAllowed = inviting, restore }) => {
    const rounds = Math.ceil(PAIRS / ROUTES.length / (restore ? 1 : 2));
    let scene = await aScene();
    for (let round = 0; round < rounds; round++) {
      expect(await isAllowed(scene), 'allowed before').toBe(true);
      const answer = await revoke(scene);
      if (answer) expect(answer.status, JSON.stringify(answer)).toBeLessThan(300);
      expect(await isAllowed(scene), 'allowed after').toBe(false);
      if (restore) await restore(scene);
      else if (round < rounds - 1) scene = await aScene();
    }
  });
});

it('a role that ends at an instant refuses from that instant on, with no job running', async () => {
  const scene = await aScene();
  const clock = await databaseNow(here.services.db.server);
  const end = new Date(clock.getTime() + 700);
  const roles = [{ roleId: scene.roleId, validUntil: end.toISOString() }, { roleId: scene.tenant.roleId('member') }];
  expect((await scene.owner.call('PATCH', memberPath(scene), { roles })).status).toBe(200);
  const answers: { asked: number; answered: number; isAllowed: boolean }[] = [];
  const now = async () => (await databaseNow(here.services.db.server)).getTime();
  while (Date.now() < end.getTime() + 300) {
    const asked = await now();
    const isAllowed = await inviting(scene);
    answers.push({ asked, answered: await now(), isAllowed });
  }
  expect(answers.filter(({ asked, isAllowed }) => asked >= end.getTime() && isAllowed)).toEqual([]);
  expect(answers.filter(({ answered, isAllowed }) => answered < end.getTime() && !isAllowed)).toEqual([]);
  expect(new Set(answers.map(({ isAllowed }) => isAllowed))).toEqual(new Set([true, false]));
});
