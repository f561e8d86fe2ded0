import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { createTenantRoles, type SystemRole } from '../access/tenant-roles.ts';
import { insertAudit } from '../audit/record.ts';
import { tenantTx } from '../db/tenant-tx.ts';
import { searchTextOf, sortNameOf } from '../person.ts';
import type { Caller, Harness } from './harness.ts';

const PASSWORD = 'correct horse battery';
const ORIGIN_OF_BUILDERS = { requestId: 'test', ip: null, userAgent: null };
const SYSTEM = { type: 'system', id: 'test', sessionId: null } as const;
const unique = () => uuid().slice(-12);

export interface TestUser {
  id: string;
  email: string;
  name: string;
  cookie: string;
  call: Caller;
}

export interface TestTenant {
  id: string;
  slug: string;
  roles: SystemRole[];
  path: string;
  roleId(key: string): string;
}

/** A person who signed up and is signed in. */
export async function aUser(
  harness: Harness,
  { name = 'Test Person', email = `p-${unique()}@example.test` } = {},
): Promise<TestUser> {
  const answer = await harness.anonymous('POST', '/api/auth/sign-up/email', { name, email, password: PASSWORD });
  if (!answer.body?.user) throw new Error(`sign-up answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { id: answer.body.user.id, email, name, cookie, call: harness.as(cookie) };
}

/** A customer tenant with its system roles. Without `owner` it has nobody. */
export async function aTenant(
  harness: Harness,
  { name = 'Test tenant', owner }: { name?: string; owner?: TestUser } = {},
): Promise<TestTenant> {
  const id = uuid();
  const slug = `t-${unique()}`;
  const roles = await tenantTx(harness.services.db.server, { tenantId: id, userId: null }, async (tx) => {
    await tx.tenant.create({ data: { id, name, slug } });
    const made = await createTenantRoles(tx, id, 'customer');
    await insertAudit(tx, {
      tenantId: id,
      actor: SYSTEM,
      origin: ORIGIN_OF_BUILDERS,
      action: 'tenant.created',
      category: 'tenant',
    });
    return made;
  });
  const tenant: TestTenant = {
    id,
    slug,
    roles,
    path: `/api/admin/tenants/${id}`,
    roleId: (key) => roles.find((role) => role.key === key)?.id ?? '',
  };
  if (owner) await aMember(harness, tenant, owner, 'owner');
  return tenant;
}

/** Makes the user a member with one system role. Answers the membership's id. */
export async function aMember(
  harness: Harness,
  tenant: Pick<TestTenant, 'id' | 'roleId'>,
  user: Pick<TestUser, 'id' | 'name' | 'email'>,
  roleKey: string,
): Promise<string> {
  const id = uuid();
  const tenantId = tenant.id;
  await tenantTx(harness.services.db.server, { tenantId, userId: user.id }, async (tx) => {
    await tx.membership.create({
      data: {
        tenantId,
        id,
        userId: user.id,
        source: 'platform',
        sortName: sortNameOf(user.name),
        searchText: searchTextOf(user.name, user.email),
      },
    });
    await tx.membershipRole.create({
      data: {
        tenantId,
        id: uuid(),
        membershipId: id,
        userId: user.id,
        roleId: tenant.roleId(roleKey),
        isPrimary: true,
      },
    });
    await insertAudit(tx, {
      tenantId,
      actor: SYSTEM,
      origin: ORIGIN_OF_BUILDERS,
      action: 'member.joined',
      category: 'membership',
      subjectId: user.id,
    });
  });
  return id;
}

/** Makes the user one of the staff: owner, admin or support. */
export async function aStaffMember(harness: Harness, user: TestUser, roleKey: string): Promise<string> {
  const scope = { tenantId: PLATFORM_TENANT_ID, userId: null };
  const roles = await tenantTx(harness.services.db.server, scope, (tx) =>
    tx.role.findMany({ where: { tenantId: PLATFORM_TENANT_ID } }),
  );
  const roleId = (key: string) => roles.find((role) => role.key === key)?.id ?? '';
  return aMember(harness, { id: PLATFORM_TENANT_ID, roleId }, user, roleKey);
}

/** The provider bans somebody, or takes the ban back. */
export const setBan = (harness: Harness, userId: string, banned: boolean): Promise<void> =>
  tenantTx(harness.services.db.sync, { tenantId: null, userId: null }, async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { banned } });
    await insertAudit(tx, {
      tenantId: PLATFORM_TENANT_ID,
      actor: SYSTEM,
      origin: ORIGIN_OF_BUILDERS,
      action: 'user.updated',
      category: 'identity',
    });
  });
