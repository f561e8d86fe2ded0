import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let admin: TestUser;
let tenant: TestTenant;
let members: string;

beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness, { name: 'Olga Owner' });
  tenant = await aTenant(harness, { owner });
  admin = await aUser(harness, { name: 'Aaron Admin' });
  await aMember(harness, tenant, admin, 'admin');
  members = `${tenant.path}/members`;
});
afterAll(() => harness.close());

const newMember = async (name = 'Mia Member', role = 'member') => {
  const user = await aUser(harness, { name });
  return { user, id: await aMember(harness, tenant, user, role) };
};
const latestAudit = async (targetId: string) =>
  (await owner.call('GET', `${tenant.path}/audit-logs?targetId=${targetId}&limit=1`)).body.data[0];

describe('member list', () => {
  it('pages forwards and backwards without gaps or duplicates', async () => {
    for (const name of ['Zoë Zimmer', 'zora small', 'Zed', 'Zacharias']) await newMember(name);
    const seen: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    let last: { data: { id: string }[]; page: { prevCursor: string | null; total: number } } | undefined;
    while (cursor !== null) {
      const answer = await owner.call('GET', `${members}?limit=2&q=z&sort=-name${cursor ? `&cursor=${cursor}` : ''}`);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      seen.push(...answer.body.data.map((row: { user: { name: string } }) => row.user.name));
      last = answer.body;
      cursor = answer.body.page.nextCursor;
      pages += 1;
    }
    expect(pages).toBe(2);
    expect(seen).toEqual(['zora small', 'Zoë Zimmer', 'Zed', 'Zacharias']);
    const back = await owner.call('GET', `${members}?limit=2&q=z&sort=-name&cursor=${last?.page.prevCursor}`);
    expect(back.body.data.map((row: { user: { name: string } }) => row.user.name)).toEqual([
      'zora small',
      'Zoë Zimmer',
    ]);
    expect(back.body.page).toMatchObject({ total: 4, totalIsExact: true });
  });

  it('rejects a cursor of another query and a forged one', async () => {
    const { page } = (await owner.call('GET', `${members}?limit=1`)).body;
    for (const query of [`sort=-name&cursor=${page.nextCursor}`, `q=a&cursor=${page.nextCursor}`, 'cursor=abc.def']) {
      expect((await owner.call('GET', `${members}?limit=1&${query}`)).body.code).toBe('invalid_cursor');
    }
  });

  it('finds the members whose roles end before a given instant', async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const until = async (validUntil: string | null) => {
      const { id } = await newMember('Ends Soon');
      await owner.call('PATCH', `${members}/${id}`, { roles: [{ roleId: tenant.roleId('member'), validUntil }] });
      return id;
    };
    const [soon, later, never] = [await until(inDays(3)), await until(inDays(60)), await until(null)];
    const ending = async (days: number) => {
      const { body } = await owner.call('GET', `${members}?limit=100&q=ends&endsBefore=${inDays(days)}`);
      return body.data.map((row: { id: string }) => row.id);
    };
    expect(await ending(1)).toEqual([]);
    expect(await ending(30)).toEqual([soon]);
    expect((await ending(90)).sort()).toEqual([soon, later].sort());
    expect(await ending(9_999)).not.toContain(never);
    const { user } = await newMember();
    const asMember = await user.call('GET', `${members}?endsBefore=${inDays(30)}`);
    expect(asMember.body).toMatchObject({ code: 'permission_denied', permission: 'roles:assign' });
  });

  it('rejects unknown parameters', async () => {
    expect((await owner.call('GET', `${members}?colour=red`)).body).toMatchObject({
      status: 400,
      code: 'unknown_field',
    });
    expect((await owner.call('GET', `${members}?limit=1000`)).status).toBe(400);
  });
});

describe('member update', () => {
  it('adds and removes roles, with before and after in the audit row', async () => {
    const { user, id } = await newMember();
    const read = await owner.call('GET', `${members}/${id}`);
    const answer = await owner.call(
      'PATCH',
      `${members}/${id}`,
      { roles: [{ roleId: tenant.roleId('auditor') }], reason: 'Year-end review' },
      { 'if-match': read.headers.get('etag') ?? '' },
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.roles.map((role: { key: string }) => role.key)).toEqual(['auditor']);
    expect(await latestAudit(id)).toMatchObject({
      action: 'member.roles_changed',
      actor: { id: owner.id, name: 'Olga Owner' },
      subject: { id: user.id },
      before: { roles: [{ name: 'Member' }] },
      after: { roles: [{ name: 'Auditor' }] },
      reason: 'Year-end review',
      requestId: answer.headers.get('x-request-id'),
    });
    const me = await user.call('GET', '/api/me');
    expect(me.body.memberships[0].permissions).toContain('audit:read');
  });

  it('rejects a stale version and returns the current state', async () => {
    const { id } = await newMember();
    await owner.call('PATCH', `${members}/${id}`, { status: 'suspended' });
    const answer = await owner.call('PATCH', `${members}/${id}`, { status: 'active' }, { 'if-match': '"1"' });
    expect(answer.body).toMatchObject({
      status: 412,
      code: 'stale_version',
      current: { status: 'suspended', version: 2 },
    });
  });

  it('writes nothing when nothing changes', async () => {
    const { id } = await newMember();
    const answer = await owner.call('PATCH', `${members}/${id}`, { status: 'active' });
    expect(answer.body.version).toBe(1);
    expect(await latestAudit(id)).toBeUndefined();
  });

  it('applies a suspension to the next request', async () => {
    const { user, id } = await newMember();
    expect((await user.call('GET', members)).status).toBe(200);
    await admin.call('PATCH', `${members}/${id}`, { status: 'suspended' });
    expect((await user.call('GET', members)).body).toMatchObject({ status: 403, code: 'membership_suspended' });
  });

  it('ends all roles when the membership ends', async () => {
    const { user, id } = await newMember();
    expect((await admin.call('DELETE', `${members}/${id}`)).status).toBe(204);
    expect((await user.call('GET', members)).status).toBe(404);
    expect((await user.call('GET', '/api/me')).body.memberships).toEqual([]);
    expect(await latestAudit(id)).toMatchObject({ action: 'member.removed', after: { status: 'left' } });
  });
});

describe('temporary assignment', () => {
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

  it('is over without a job, changes nothing more, and can begin again', async () => {
    const { id } = await newMember();
    const [member, auditor] = [{ roleId: tenant.roleId('member') }, { roleId: tenant.roleId('auditor') }];
    const keysAfter = async (roles: object[]) => {
      const { status, body } = await owner.call('PATCH', `${members}/${id}`, { roles });
      expect(status, JSON.stringify(body)).toBe(200);
      return body.roles.map(({ key }: { key: string }) => key);
    };
    await keysAfter([member, { ...auditor, validUntil: inMs(1_000) }]);
    const held = async () => (await owner.call('GET', `${members}/${id}`)).body.roles.length;
    await expect.poll(held, { timeout: 20_000 }).toBe(1);
    const last = await latestAudit(id);
    expect(await keysAfter([member])).toEqual(['member']);
    expect(await latestAudit(id)).toEqual(last);
    expect(await keysAfter([member, auditor])).toEqual(['member', 'auditor']);
  });

  it('keeps its start when saved again, and cannot end before it', async () => {
    const { id } = await newMember();
    const later = { roleId: tenant.roleId('auditor'), validFrom: inMs(60_000) };
    const first = await owner.call('PATCH', `${members}/${id}`, { roles: [later] });
    const again = await owner.call('PATCH', `${members}/${id}`, { roles: [{ roleId: later.roleId }] });
    expect(again.body).toEqual(first.body);
    const odd = { ...later, validUntil: inMs(30_000) };
    expect((await owner.call('PATCH', `${members}/${id}`, { roles: [odd] })).body).toMatchObject({
      status: 422,
      errors: { roles: ['ends_before_it_begins'] },
    });
  });
});

describe('grant escalation', () => {
  it('rejects granting or changing permissions that the actor lacks', async () => {
    const { id } = await newMember();
    const rejected = await admin.call('PATCH', `${members}/${id}`, { roles: [{ roleId: tenant.roleId('owner') }] });
    expect(rejected.body).toMatchObject({ status: 403, code: 'grant_exceeds_own' });
    expect(rejected.body.detail).toContain('tenant:update');
    const ownerRow = (await admin.call('GET', `${members}?userId=${owner.id}`)).body.data[0];
    expect((await admin.call('PATCH', `${members}/${ownerRow.id}`, { status: 'suspended' })).status).toBe(403);
    expect((await admin.call('DELETE', `${members}/${ownerRow.id}`)).status).toBe(403);
    const denials = await owner.call('GET', `${tenant.path}/audit-logs?outcome=denied&actorId=${admin.id}`);
    expect(denials.body.data.map((row: { action: string }) => row.action).sort()).toEqual([
      'member.remove',
      'member.update',
      'member.update',
    ]);
  });

  it('rejects a role of another tenant', async () => {
    const { id } = await newMember();
    const other = await aTenant(harness);
    const answer = await owner.call('PATCH', `${members}/${id}`, { roles: [{ roleId: other.roleId('member') }] });
    expect(answer.body).toMatchObject({ status: 422, errors: { roles: ['unknown_role'] } });
  });

  it('rejects removing the last owner, even by concurrent requests', async () => {
    const first = await aUser(harness);
    const second = await aUser(harness);
    const twoOwned = await aTenant(harness, { owner: first });
    await aMember(harness, twoOwned, second, 'owner');
    const rows = (await first.call('GET', `${twoOwned.path}/members`)).body.data as {
      id: string;
      user: { id: string };
    }[];
    const rowOf = (user: TestUser) => rows.find((row) => row.user.id === user.id)?.id;
    const demoted = { roles: [{ roleId: twoOwned.roleId('member') }] };
    const answers = await Promise.all([
      first.call('PATCH', `${twoOwned.path}/members/${rowOf(second)}`, demoted),
      second.call('PATCH', `${twoOwned.path}/members/${rowOf(first)}`, demoted),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);

    const survivor = answers[0]?.status === 200 ? first : second;
    const last = await survivor.call('PATCH', `${twoOwned.path}/members/${rowOf(survivor)}`, demoted);
    expect(last.body).toMatchObject({ status: 409, code: 'last_owner' });
  });
});
