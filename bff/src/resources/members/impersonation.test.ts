import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { aMember, aTenant, type TestTenant } from '../../testing/fixtures/builders.ts';
import { bearerOf, clerkUser, startClerkHarness } from '../../testing/fixtures/clerk-webhooks.ts';
import type { Caller, Harness } from '../../testing/fixtures/harness.ts';
import { startBulkRoles } from './bulk-job.ts';

const DASHBOARD = 'https://dashboard.clerk.com';
type Clerk = Awaited<ReturnType<typeof startClerkHarness>>;
const [ada, sam] = [clerkUser({ first_name: 'Ada' }), clerkUser({ first_name: 'Sam', last_name: 'Support' })];
let strict: Clerk;
let lenient: Clerk;
let tenant: TestTenant;

const callerOf =
  ({ harness }: { harness: Harness }, claims: object): Caller =>
  (method, path, body, headers) =>
    harness.anonymous(method, path, body, { ...headers, ...bearerOf(ada.id, { ...claims }) });
const asAda = (at: Clerk) => callerOf(at, {});
const asSamActingAsAda = (at: Clerk) => callerOf(at, { act: { iss: DASHBOARD, sid: 'sess_sam', sub: sam.id } });

beforeAll(async () => {
  [strict, lenient] = await Promise.all([startClerkHarness(), startClerkHarness({ IMPERSONATED_WRITES: 'true' })]);
  for (const user of [ada, sam]) await strict.send('user.created', user);
  tenant = await aTenant(strict.harness);
  await aMember(strict.harness, tenant, { id: ada.id, name: 'Ada Park', email: '' }, 'owner');
});
afterAll(() => Promise.all([strict.harness.close(), lenient.harness.close()]));

const logOf = async (query = '') => (await asAda(strict)('GET', `${tenant.path}/audit-logs?limit=5${query}`)).body.data;
const invitation = (name: string) => ({ email: `${name}@example.test`, roleIds: [tenant.roleId('member')] });

describe('impersonation', () => {
  it('is shown to the impersonator, with the person and the limits', async () => {
    expect((await asAda(strict)('GET', '/api/me')).body.impersonation).toBeNull();
    expect((await asSamActingAsAda(strict)('GET', '/api/me')).body).toMatchObject({
      user: { id: ada.id },
      impersonation: { by: { id: sam.id, name: 'Sam Support' }, isReadOnly: true },
    });
    expect((await asSamActingAsAda(lenient)('GET', '/api/me')).body.impersonation.isReadOnly).toBe(false);
  });

  it('reads, and is refused every change under both names', async () => {
    expect((await asSamActingAsAda(strict)('GET', `${tenant.path}/members`)).status).toBe(200);
    const answer = await asSamActingAsAda(strict)('POST', `${tenant.path}/invitations`, invitation('refused'));
    expect(answer).toMatchObject({ status: 403, body: { code: 'impersonation_read_only' } });
    expect((await logOf())[0]).toMatchObject({
      action: 'invitation.create',
      outcome: 'denied',
      reason: 'impersonation_read_only',
      actor: { id: ada.id, impersonator: { id: sam.id, name: 'Sam Support' } },
    });
  });

  it('changes data where the settings allow it, under both names', async () => {
    const answer = await asSamActingAsAda(lenient)('POST', `${tenant.path}/invitations`, invitation('allowed'));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const [row] = await logOf();
    expect(row).toMatchObject({
      action: 'invitation.created',
      outcome: 'allowed',
      actor: { id: ada.id, name: 'Ada Park', impersonator: { id: sam.id, name: 'Sam Support' } },
    });
    const one = (await asAda(strict)('GET', `${tenant.path}/audit-logs/${row.id}`)).body;
    expect(one.actor.impersonator).toMatchObject({ id: sam.id });
  });

  it('has a filter, and leaves the rows of the person alone', async () => {
    await asAda(strict)('POST', `${tenant.path}/invitations`, invitation('own'));
    const own = (await logOf(`&actorId=${ada.id}`))[0];
    expect(own.actor).toMatchObject({ id: ada.id, impersonator: null });
    const rows = await logOf(`&impersonatorId=${sam.id}`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { actor } of rows) expect(actor.impersonator.id).toBe(sam.id);
    expect(await logOf('&q=sam%20support')).toEqual(rows);
  });

  it('names an impersonator who has no account here by id', async () => {
    const staff = callerOf(strict, { act: { iss: DASHBOARD, sub: 'user_of_clerk' } });
    await staff('POST', `${tenant.path}/invitations`, invitation('staff'));
    expect((await logOf())[0].actor.impersonator).toEqual({ id: 'user_of_clerk', name: null, email: null });
  });

  it('is recorded by a job that goes on after the request', async () => {
    await startBulkRoles(lenient.harness.services);
    const memberId = (await asAda(strict)('GET', `${tenant.path}/members`)).body.data[0].id;
    const body = { memberIds: [memberId], add: [tenant.roleId('member')], remove: [] };
    const answer = await asSamActingAsAda(lenient)('POST', `${tenant.path}/members/bulk-roles`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    const changes = () => logOf('&action=member.roles_changed');
    await expect.poll(changes, { timeout: 10_000 }).toMatchObject([{ actor: { impersonator: { id: sam.id } } }]);
  });

  it('is recorded where the first request creates the user', async () => {
    const first = await startClerkHarness({ USER_PROVISIONING: 'first-request' });
    const id = `user_first_${Date.now()}`;
    const headers = bearerOf(id, { act: { iss: DASHBOARD, sub: sam.id } });
    expect((await first.harness.anonymous('GET', '/api/me', undefined, headers)).status).toBe(200);
    await first.harness.close();
    const rows = await strict.events({ tenantId: PLATFORM_TENANT_ID, subjectId: id });
    expect(rows).toMatchObject([{ action: 'user.created', actorId: id, impersonatorId: sam.id }]);
  });
});
