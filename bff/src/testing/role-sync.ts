import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import { mintSessionToken } from '../clerk-stub/session-token.ts';
import { startOutbox } from '../outbox-job.ts';
import { ensureDefaultTenant } from '../sync/default-tenant.ts';
import { aMember } from './builders.ts';
import { type ClerkCopy, startClerkCopy } from './clerk-copy.ts';
import { type Caller, ORIGIN, startHarness } from './harness.ts';

export type RoleSync = Awaited<ReturnType<typeof aRoleSync>>;

const SLUG = 'our-school';
const PATIENCE_MS = 60_000;

export const aClerkCopy = () => startClerkCopy({ DEFAULT_TENANT: SLUG, BOOTSTRAP_OWNER: 'user_boss' });

/**
 * The app with a default tenant, a stub of Clerk that sends it webhooks, and an owner who gives roles. On a `base` it is another
 * server with settings of its own, which alone is at work there until it is closed.
 */
export async function aRoleSync(base?: ClerkCopy, settings: Record<string, string> = {}) {
  const own = base ? null : await aClerkCopy();
  const copy = own ?? { ...(base as ClerkCopy), harness: await startHarness({ ...base?.settings, ...settings }) };
  const { harness, stub } = copy;
  const { instance } = stub;
  const { config, db } = harness.services;
  await ensureDefaultTenant(db, config);
  const stopOutbox = await startOutbox(harness.services);
  const webhooks = stub.addEndpoint({
    retryFactor: 0.02,
    to: async (body, headers) => harness.anonymous('POST', '/api/webhooks/clerk', body, headers),
  });
  const sweeping = setInterval(() => void harness.services.inbox.sweep().catch(() => undefined), 1_000);
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      if (await isSo()) return;
      await new Promise((resume) => setTimeout(resume, 50));
    }
    throw new Error(`not so within ${PATIENCE_MS} ms`);
  };
  const tenantId = (await db.sync.tenant.findFirstOrThrow({ where: { slug: SLUG } })).id;
  const heard = (userId: string) => until(async () => (await db.sync.membership.count({ where: { userId } })) > 0);
  if (!instance.state.users.get('user_boss')) instance.createUser({ id: 'user_boss', firstName: 'Boss' });
  await heard('user_boss');

  const member = (userId: string, tenant = tenantId) =>
    db.sync.membership.findFirstOrThrow({
      where: { userId, tenantId: tenant },
      include: { roles: { where: { endedAt: null }, include: { role: true } } },
    });
  const boss = signedIn(copy, 'user_boss');
  /** Makes it their only role, as the boss would. */
  const give = async (userId: string, key: string, tenant = tenantId, until?: Date) => {
    const role = await db.sync.role.findFirstOrThrow({ where: { tenantId: tenant, key } });
    const path = `/api/admin/tenants/${tenant}/members/${(await member(userId, tenant)).id}`;
    const roles = [{ roleId: role.id, ...(until ? { validUntil: until.toISOString() } : {}) }];
    const answer = await boss('PATCH', path, { roles });
    if (answer.body.code) throw new Error(JSON.stringify(answer.body));
  };
  return {
    ...copy,
    tenantId,
    boss,
    webhooks,
    until,
    give,
    as: (userId: string) => signedIn(copy, userId),
    /** Makes them one of the platform's staff. */
    makeStaff: (userId: string, key: string) => makeStaff(copy, userId, key),
    async aPerson() {
      const user = instance.createUser({ firstName: 'Ada' });
      await heard(user.id);
      return user;
    },
    async anOrganizationWithMember() {
      const user = instance.createUser({ firstName: 'Ada' });
      const organization = instance.createOrganization({ name: 'Acme', createdBy: 'user_boss' });
      instance.addMembership(organization.id, user.id, 'org:member');
      const where = { tenant: { identityOrgId: organization.id }, userId: user.id };
      await until(async () => (await db.sync.membership.count({ where })) > 0);
      const { id } = await db.sync.tenant.findFirstOrThrow({ where: { identityOrgId: organization.id } });
      return { tenantId: id, organization, user };
    },
    rolesHere: async (userId: string, tenant?: string) =>
      (await member(userId, tenant)).roles
        .filter(({ validUntil }) => !validUntil || validUntil > new Date())
        .map(({ role }) => role.key)
        .sort(),
    roleAtClerk: (userId: string) => instance.state.users.get(userId)?.public_metadata.role ?? null,
    /** How many words of this person's the provider sends from now on. */
    echoesOf(userId: string) {
      let count = 0;
      instance.onEvent(({ event }) => {
        if (event.type === 'user.updated' && (event.data as { id?: string }).id === userId) count += 1;
      });
      return () => count;
    },
    isTold: async (userId: string) =>
      (await db.sync.identityPush.count({ where: { objectId: userId, status: 'done' } })) > 0,
    audit: (where: object) => db.sync.auditLog.findMany({ where, orderBy: { createdAt: 'asc' } }),
    /** Nothing is on its way in either direction. */
    settled: () =>
      until(async () => {
        await webhooks.idle();
        const waiting = await db.sync.identityPush.count({ where: { status: 'pending' } });
        const unread = await db.sync.webhookEvent.count({ where: { status: { in: ['received', 'failed'] } } });
        return waiting + unread === 0;
      }),
    close: async () => {
      stopOutbox();
      clearInterval(sweeping);
      await webhooks.close();
      await (own ?? harness).close();
    },
  };
}

function signedIn({ stub, harness }: Pick<ClerkCopy, 'stub' | 'harness'>, userId: string): Caller {
  const session = stub.instance.createSession(userId);
  return (method, path, body, headers = {}) => {
    const token = mintSessionToken(stub.instance, session, { issuer: stub.url, party: ORIGIN });
    return harness.anonymous(method, path, body, { ...headers, authorization: `Bearer ${token}` });
  };
}

async function makeStaff({ harness }: Pick<ClerkCopy, 'harness'>, userId: string, key: string): Promise<void> {
  const { sync } = harness.services.db;
  const role = await sync.role.findFirstOrThrow({ where: { tenantId: PLATFORM_TENANT_ID, key } });
  const { name } = await sync.user.findFirstOrThrow({ where: { id: userId } });
  await aMember(harness, { id: PLATFORM_TENANT_ID, roleId: () => role.id }, { id: userId, name, email: '' }, key);
}
