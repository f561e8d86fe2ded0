import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RoleSync, startRoleSync } from '../testing/fixtures/role-sync.ts';
import { reconcileOnce } from './reconcile/runner.ts';

let sync: RoleSync;
const role = { name: 'Instructor', key: 'teacher', identityRole: 'INSTRUCTOR', permissions: ['tenant:read'] };
const roles = () => `/api/admin/tenants/${sync.tenantId}/roles`;
beforeAll(async () => {
  sync = await startRoleSync();
  const made = await sync.owner('POST', roles(), { ...role, isSelfAssignable: true });
  expect(made.status).toBe(201);
});
afterAll(() => sync.close());

const signUp = async (unsafe: unknown) => {
  const { id } = sync.stub.instance.createUser({ firstName: 'Ada', unsafeMetadata: { role: unsafe } });
  await sync.waitUntilIdle();
  return id;
};
/** Repairs what the run may repair, and returns the drift of this user. */
const repair = async (userId: string, how: Parameters<typeof reconcileOnce>[1] = {}) => {
  const { id, status } = await reconcileOnce(sync.harness.services, how);
  expect(status).toBe('done');
  await sync.waitUntilIdle();
  const found = await sync.harness.services.db.sync.syncDrift.findMany({ where: { runId: id, objectId: userId } });
  return found.map(({ kind, state, note, fields }) => ({ kind, state, note, fields }));
};

describe('role chosen at sign-up', () => {
  it('is pushed like any grant, and kept by the next repair', async () => {
    const id = await signUp('teacher');
    expect([await sync.localRoles(id), sync.roleAtClerk(id)]).toEqual([['teacher'], 'INSTRUCTOR']);
    expect(await repair(id)).toEqual([]);
    expect([await sync.localRoles(id), sync.roleAtClerk(id)]).toEqual([['teacher'], 'INSTRUCTOR']);
    expect(await sync.audit({ subjectId: id, action: 'member.joined' })).toMatchObject([
      { after: { isSelfAssigned: true } },
    ]);
    expect((await sync.as(id)('GET', '/api/me/role-choices')).body).toEqual({ choices: [] });
  });

  it.each(['INSTRUCTOR', 'instructor', 'Teacher'])('is found by the name %s', async (name) => {
    expect(await sync.localRoles(await signUp(name))).toEqual(['teacher']);
  });

  it.each([[['teacher']], [{ teacher: true }], [true], ['owner'], ['nothing']])(
    'is none when it names no self-assignable role: %j',
    async (name) => {
      const id = await signUp(name);
      expect([await sync.localRoles(id), sync.roleAtClerk(id)]).toEqual([['member'], null]);
    },
  );
});

describe('role in public_metadata', () => {
  it.each(['instructor', 'TEACHER'])('is found by the name %s, and agrees with it', async (name) => {
    const id = await signUp(null);
    sync.stub.instance.setUserMetadata(id, { public: { role: name } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id)).toEqual(['teacher']);
    expect(await repair(id)).toEqual([]);
  });

  it('that cannot be read is refused, and drift', async () => {
    const id = await signUp(null);
    sync.stub.instance.setUserMetadata(id, { public: { role: 'INSTRUCTOR' } });
    await sync.waitUntilIdle();
    sync.stub.instance.setUserMetadata(id, { public: { role: ['INSTRUCTOR'] } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id)).toEqual(['teacher']);
    expect(await sync.audit({ subjectId: id, action: 'member.role_refused' })).toHaveLength(1);
    const fields = [{ field: 'role', ours: 'INSTRUCTOR', theirs: '["INSTRUCTOR"]' }];
    expect(await repair(id)).toEqual([{ kind: 'role', state: 'open', note: 'role_unknown', fields }]);
  });
});

describe('absence of a role at the provider', () => {
  it('takes no role that was assigned here, and is drift', async () => {
    const id = await signUp(null);
    await sync.assignRole(id, 'auditor');
    await sync.waitUntilIdle();
    sync.stub.instance.setUserMetadata(id, { public: { role: null } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id)).toEqual(['auditor']);
    const fields = [{ field: 'role', ours: 'auditor', theirs: null }];
    expect(await repair(id, { mode: 'report' })).toEqual([
      { kind: 'role', state: 'open', note: 'role_absent', fields },
    ]);
    expect(await repair(id)).toEqual([{ kind: 'role', state: 'open', note: 'role_absent', fields }]);
    expect(await sync.localRoles(id)).toEqual(['auditor']);

    expect(await repair(id, { direction: 'push' })).toMatchObject([{ state: 'queued' }]);
    expect(sync.roleAtClerk(id)).toBe('auditor');
    expect(await repair(id)).toEqual([]);
  }, 180_000);

  it('takes back a role that the provider granted', async () => {
    const id = await signUp(null);
    sync.stub.instance.setUserMetadata(id, { public: { role: 'admin' } });
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id)).toEqual(['admin']);
    sync.webhooks.pause();
    sync.stub.instance.setUserMetadata(id, { public: { role: null } });
    expect(await repair(id)).toMatchObject([{ state: 'repaired' }]);
    sync.webhooks.resume();
    await sync.waitUntilIdle();
    expect(await sync.localRoles(id)).toEqual(['member']);
  });

  it('leaves members their role when another becomes the default', async () => {
    const id = await signUp(null);
    const student = { name: 'Student', key: 'student', permissions: ['tenant:read'], isDefault: true };
    expect((await sync.owner('POST', roles(), student)).status).toBe(201);
    expect(await repair(id)).toMatchObject([{ state: 'open', note: 'role_absent' }]);
    expect(await sync.localRoles(id)).toEqual(['member']);
    expect(await sync.localRoles(await signUp(null))).toEqual(['student']);
  });
});
