import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../../../access/permissions.ts';
import { aMember, aStaffMember, aTenant, aUser, type TestUser } from '../../fixtures/builders.ts';
import type { Caller, Harness } from '../../fixtures/harness.ts';
import type { Pool } from './from-schema.ts';

/** A caller of hostile requests. */
export interface HostileActor {
  name: string;
  call: Caller;
  /** What a member holds in the one tenant; null for callers of other kinds. */
  held: ReadonlySet<string> | null;
}

export interface HostileFixture {
  tenantId: string;
  pool: Pool;
  actors: HostileActor[];
  /** For the operations of the host app. */
  apiKey: HostileActor;
  /** For the operations of the platform. */
  staff: HostileActor;
}

/** Permissions that members hold alone, so that each operation shows whether they suffice. */
const SINGLES = ['tenant:update', 'members:update', 'roles:assign', 'roles:update', 'access:explain', 'members:invite'];

/** Users of all fixtures of a run. */
export interface HostileUsers {
  owner: TestUser;
  member: TestUser;
  outsider: TestUser;
  singles: TestUser[];
}

export async function hostileUsers(harness: Harness): Promise<HostileUsers> {
  const user = () => aUser(harness);
  const singles = [];
  for (const _ of SINGLES) singles.push(await user());
  return { owner: await user(), member: await user(), outsider: await user(), singles };
}

/** Creates a tenant with members, roles and keys for some hundreds of requests, which soon leave little of them. */
export async function hostileFixture(harness: Harness, users: HostileUsers): Promise<HostileFixture> {
  const { owner, member, outsider } = users;
  const staff = await aUser(harness);
  await aStaffMember(harness, staff, 'owner');
  const tenant = await aTenant(harness, { owner });
  const other = await aTenant(harness, { owner: outsider });
  const ids = (await owner.call('GET', `${tenant.path}/members`)).body.data.map(({ id }: { id: string }) => id);
  const memberIds = [...ids, await aMember(harness, tenant, member, 'member')];
  const roles = [];
  for (const permission of SINGLES) {
    const role = {
      name: `Only ${permission} ${uuid().slice(-6)}`,
      permissions: [permission],
      key: `k-${uuid().slice(-12)}`,
    };
    const created = (await owner.call('POST', `${tenant.path}/roles`, role)).body;
    roles.push({ permission, id: created.id as string, key: role.key });
  }
  const singles = await Promise.all(
    roles.map(async ({ permission, key, id }, at) => {
      const user = users.singles[at] as TestUser;
      memberIds.push(await aMember(harness, { id: tenant.id, roleId: () => id }, user, key));
      return { name: permission, call: user.call, held: new Set([permission]), userId: user.id };
    }),
  );
  const apiKey = (await owner.call('POST', `${tenant.path}/api-keys`, { name: 'Key', expiresInDays: 1 })).body;
  const invited = (
    await owner.call('POST', `${tenant.path}/invitations`, {
      email: `i-${uuid().slice(-12)}@example.test`,
      roleIds: [tenant.roleId('member')],
    })
  ).body;
  const event = (await owner.call('GET', `${tenant.path}/audit-logs`)).body.data[0];
  const byKey: Caller = (method, path, body, headers) =>
    harness.anonymous(method, path, body, { authorization: `Bearer ${apiKey.key}`, ...headers });
  const badToken: Caller = (method, path, body, headers) =>
    harness.anonymous(method, path, body, { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.', ...headers });

  const roleIds = [...roles.map(({ id }) => id), ...['owner', 'admin', 'member'].map((key) => tenant.roleId(key))];
  const userIds = [owner, staff, member, outsider].map(({ id }) => id);
  const known: Record<string, string[]> = {
    tenantId: [tenant.id, tenant.id, tenant.id, tenant.id.toUpperCase(), other.id, PLATFORM_TENANT_ID, uuid()],
    memberId: [...memberIds, uuid()],
    roleId: [...roleIds, tenant.roleId('member').toUpperCase(), uuid()],
    userId: [...userIds, ...singles.map(({ userId }) => userId), 'unknown'],
    apiKeyId: [apiKey.id, uuid()],
    invitationId: [invited.id, uuid()],
    token: [invited.token, 'x'.repeat(43)],
    auditLogId: [event.id, uuid()],
    code: ['members:read', 'roles:assign', 'audit:read', 'no:such', 'org:courses:create'],
    number: ['1', '2', '0x1', '99999999999'],
    email: ['ada@example.test', `n-${uuid().slice(-12)}@example.test`, 'Ada@Bücher.example'],
    role: ['member', 'ADMIN', 'org:admin', 'castle'],
    key: ['member', 'MEMBER', roles[0]?.key ?? '', 'no-such'],
    slug: [tenant.slug, `s-${uuid().slice(-12)}`],
    sort: ['createdAt', '-createdAt', 'name'],
    instant: [
      '2026-01-01T00:00:00Z',
      '2026-12-31T23:59:59.123456+02:00',
      new Date().toISOString(),
      '9999-12-31T23:59:59.999Z',
    ],
    resource: ['{"ownerId":7}', '{}', '{"a":9007199254740993}', '[]'],
    attribute: ['resource.ownerId', 'user.id', 'user.email', 'tenant.slug'],
  };
  return {
    tenantId: tenant.id,
    apiKey: { name: 'API key', call: byKey, held: null },
    staff: { name: 'staff', call: staff.call, held: null },
    pool: (name) => valuesOf(known, name),
    actors: [
      ...Array(8).fill({ name: 'owner', call: owner.call, held: null }),
      ...Array(8).fill({ name: 'staff', call: staff.call, held: null }),
      { name: 'member', call: member.call, held: null },
      { name: 'outsider', call: outsider.call, held: null },
      { name: 'no session', call: harness.anonymous, held: null },
      { name: 'forged token', call: badToken, held: null },
      ...singles,
    ],
  };
}

const ALIASES: [RegExp, string][] = [
  [/^(permission|permissions|permissionCode|code)$/, 'code'],
  [/(roleId|parentRoleId|remapTo|add|remove|roleIds)$/i, 'roleId'],
  [/^(actorId|subjectId|userId)$/, 'userId'],
  [/^(asOf|from|to|validFrom|validUntil|endsBefore|received.*|.*\[(gte|lte)\])$/, 'instant'],
  [/^(memberIds?|targetId)$/, 'memberId'],
  [/^(changeId|runId|eventId|ids?)$/, 'auditLogId'],
];

function valuesOf(known: Record<string, string[]>, name: string): fc.Arbitrary<string> | undefined {
  const alias = ALIASES.find(([pattern]) => pattern.test(name))?.[1] ?? name;
  const values = known[alias];
  return values && fc.constantFrom(...values);
}
