import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { assertHoldsAll, permissionsOfRoles } from '../access/grants.ts';
import type { RequestContext } from '../core/context.ts';
import { aStaffMember, aTenant, aUser, type TestTenant, type TestUser } from '../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../testing/fixtures/harness.ts';
import { change } from './change.ts';

let harness: Harness;
let observer: pg.Client;
let holder: pg.Client;
let staff: TestUser;
let owner: TestUser;
let tenant: TestTenant;

beforeAll(async () => {
  harness = await startHarness();
  [observer, holder] = [await connect(), await connect()];
  [staff, owner] = [await aUser(harness), await aUser(harness)];
  await aStaffMember(harness, staff, 'owner');
  tenant = await aTenant(harness, { owner });
});
afterAll(async () => {
  await Promise.all([observer.end(), holder.end()]);
  await harness.close();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: inject('ownerUrl') });
  await client.connect();
  return client;
}

/** Returns the session that waits for a lock of this one, as soon as there is one. */
const waiterOf = (pid: number): Promise<number> =>
  vi.waitFor(
    async () => {
      const { rows } = await observer.query('SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))', [
        pid,
      ]);
      if (!rows[0]) throw new Error('no session waits');
      return rows[0].pid;
    },
    { timeout: 20_000 },
  );

const newCode = () => `lock-${uuid().slice(-12)}:act`;
const createPermission = (code: string) => staff.call('POST', '/api/admin/permissions', { code, description: 'Act' });
const retirePermission = (code: string) => staff.call('PATCH', `/api/admin/permissions/${code}`, { retired: true });
const createRole = async (): Promise<string> =>
  (await owner.call('POST', `${tenant.path}/roles`, { name: `Role ${uuid()}` })).body.id;

/** Previews an edit of a role, and stops it between its first reading and its second until it is released. */
async function heldPreview(roleId: string) {
  await holder.query('BEGIN');
  await holder.query("SELECT set_config('app.current_tenant_id', $1, true)", [tenant.id]);
  const { rows } = await holder.query('SELECT pg_backend_pid() AS pid FROM role WHERE id = $1 FOR UPDATE', [roleId]);
  const answer = owner.call('PATCH', `${tenant.path}/roles/${roleId}?dryRun=true`, { name: 'Renamed' });
  const pid = await waiterOf(rows[0].pid);
  return { answer, pid, release: () => holder.query('ROLLBACK') };
}

describe('a change while the permission catalogue changes', () => {
  it('lets an owner act on an owner role when a permission is created', async () => {
    const context: RequestContext = {
      services: harness.services,
      origin: { requestId: 'test', ip: null, userAgent: null },
      actor: { type: 'user', id: owner.id, sessionId: null },
      scope: { tenantId: tenant.id, userId: owner.id },
      language: 'en',
      operation: 'member.update',
      idempotencyKey: null,
      ifMatch: null,
      dryRun: false,
    };
    const spec = { action: 'member.roles_changed', category: 'membership', permission: 'roles:assign' } as const;
    const { creating } = await change(context, spec, async ({ tx, access }) => {
      const [session] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      const creating = createPermission(newCode());
      await Promise.race([creating, waiterOf(session?.pid ?? 0)]);
      const roles = await permissionsOfRoles(tx, tenant.id, [tenant.roleId('owner')]);
      assertHoldsAll(access, roles.get(tenant.roleId('owner'))?.grants ?? []);
      const target = { type: 'tenant', id: tenant.id, label: null };
      return { result: { creating }, before: null, after: null, target };
    });
    expect((await creating).status).toBe(201);
  });

  it('leaves a permission that is retired during a preview out of its effect', async () => {
    const code = newCode();
    await createPermission(code);
    const preview = await heldPreview(await createRole());
    const retiring = retirePermission(code);
    await Promise.race([retiring, waiterOf(preview.pid)]);
    await preview.release();
    expect(await preview.answer).toMatchObject({ status: 200, body: { affected: 0, gains: [], loses: [] } });
    expect((await retiring).body).toMatchObject({ code, retiredAt: expect.any(String) });
  });

  it('neither waits for a long preview nor delays it', async () => {
    const roleId = await createRole();
    const preview = await heldPreview(roleId);
    const otherRole = await createRole();
    const changes = [
      await createPermission(newCode()),
      await owner.call('PATCH', `${tenant.path}/roles/${otherRole}`, { name: `Concurrent ${uuid()}` }),
    ];
    await preview.release();
    expect(changes.map(({ status }) => status)).toEqual([201, 200]);
    expect((await preview.answer).status).toBe(200);
  });
});

describe('a preview', () => {
  it('is repeated when a concurrent change touches the same rows', async () => {
    const path = `${tenant.path}/roles/${await createRole()}`;
    const edits = Array.from({ length: 4 }, (_, edit) => [
      owner.call('PATCH', `${path}?dryRun=true`, { description: `Preview ${edit}` }),
      owner.call('PATCH', path, { description: `Change ${edit}` }),
    ]);
    const answers = await Promise.all(edits.flat());
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});
