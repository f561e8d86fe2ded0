import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertAudit } from '../../audit/record.ts';
import type { IdentityPage } from '../../core/identity-provider.ts';
import { type ClerkProduct, startClerkProduct } from '../../testing/fixtures/clerk-product.ts';
import { knob } from '../../testing/knobs.ts';
import { disagreements, ourCopy } from '../../testing/oracles/provider-state.ts';
import { reconcileOnce } from './runner.ts';

/** 10000 for the whole proof. */
const USERS = knob('TEST_DRIFT_USERS');
const ORGANIZATIONS = 10;
const TIMEOUT = 60_000 + USERS * 50;

let product: ClerkProduct;
/** In order of creation. */
const made: { users: { id: string }[]; organizations: { id: string }[] } = { users: [], organizations: [] };
beforeAll(async () => {
  product = await startClerkProduct();
});
afterAll(() => product.close());

const services = () => product.harness.services;
const driftOf = async (runId: string) => {
  const rows = await services().db.sync.syncDrift.findMany({ where: { runId } });
  return new Map(rows.map((row) => [`${row.objectType} ${row.objectId}`, row]));
};
const countOfAudits = () => services().db.sync.auditLog.count();

/** Plants drift at the provider without webhooks, and in our own rows. Returns the kinds that the run must find. */
async function plantDrift(): Promise<Map<string, string>> {
  const { instance } = product.stub;
  const { users, organizations } = made;
  const planted = new Map<string, string>();
  const some = (offset: number) => users.filter((_, index) => index % 50 === offset);
  const plant = (type: string, id: string, kind: string) => planted.set(`${type} ${id}`, kind);
  const membershipOf = (userId: string) => {
    const [membership] = instance.membershipsOf(userId);
    if (!membership) throw new Error('expected a membership');
    return membership;
  };

  for (const { id } of some(1)) {
    instance.deleteUser(id);
    plant('user', id, 'extra');
  }
  for (const { id } of some(2)) {
    instance.updateUser(id, { lastName: 'Renamed' });
    plant('user', id, 'different');
  }
  for (const { id } of some(3)) {
    instance.banUser(id);
    plant('user', id, 'different');
  }
  for (const { id } of some(4)) {
    instance.setUserMetadata(id, { public: { role: 'teacher' } });
    plant('user', id, 'different');
  }
  for (let index = 0; index < USERS / 50; index++) {
    plant('user', instance.createUser({ email: `new${index}@example.test`, firstName: 'New' }).id, 'missing');
  }
  for (const { id } of some(5)) {
    const membership = membershipOf(id);
    instance.setMembershipRole(membership.organization.id, id, 'org:admin');
    plant('membership', membership.id, 'role');
  }
  for (const { id } of some(6)) {
    const membership = membershipOf(id);
    instance.removeMembership(membership.organization.id, id);
    plant('membership', membership.id, 'extra');
  }
  for (const { id } of some(7)) {
    const [, second] = organizations;
    plant('membership', instance.addMembership(second?.id ?? '', id).id, 'missing');
  }
  const [first, , third, fourth] = organizations;
  instance.updateOrganization(first?.id ?? '', { name: 'Another name' });
  plant('organization', first?.id ?? '', 'different');
  // The membership of its only member ends with it, and is no drift of its own.
  instance.deleteOrganization(third?.id ?? '');
  plant('organization', third?.id ?? '', 'extra');
  const late = instance.createOrganization({ name: 'Created late', createdBy: some(8)[0]?.id ?? '' });
  plant('organization', late.id, 'missing');
  for (const { id } of instance.membershipsOf(late.id)) plant('membership', id, 'missing');

  const [ours] = some(9);
  await spoil(ours?.id ?? '', fourth?.id ?? '');
  plant('user', ours?.id ?? '', 'different');
  plant('organization', fourth?.id ?? '', 'different');
  return planted;
}

/** Changes our own rows without their timestamps. */
const spoil = (userId: string, identityOrgId: string) =>
  services().db.sync.$transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { email: 'spoiled@example.test', emailVerified: false } });
    const { id: tenantId } = await tx.tenant.findFirstOrThrow({ where: { identityOrgId } });
    await tx.tenant.update({ where: { id: tenantId }, data: { name: 'Spoiled' } });
    await insertAudit(tx, {
      tenantId,
      actor: { type: 'system', id: 'test', sessionId: null },
      origin: { requestId: 'test', ip: null, userAgent: null },
      action: 'tenant.updated',
      category: 'tenant',
    });
  });

describe(`reconciliation of ${USERS} users`, () => {
  it(
    'finds and changes nothing after a backfill',
    async () => {
      const { instance } = product.stub;
      for (let index = 0; index < USERS; index++) {
        made.users.push(
          instance.createUser({ email: `p${index}@example.test`, firstName: 'Ann', lastName: `Li ${index}` }),
        );
      }
      for (let index = 0; index < ORGANIZATIONS; index++) {
        const createdBy = made.users[index * 50 + 20]?.id ?? '';
        made.organizations.push(instance.createOrganization({ name: `School ${index}`, createdBy }));
      }
      for (const [index, user] of made.users.entries()) {
        if (index % 50 > 4 && index % 50 < 10) {
          instance.addMembership(made.organizations[3 + (index % 7)]?.id ?? '', user.id);
        }
      }
      const backfill = await reconcileOnce(services(), { kind: 'backfill' });
      expect(backfill).toMatchObject({
        status: 'done',
        error: null,
        result: { user: { checked: USERS, missing: USERS, repaired: USERS } },
      });
      expect(await disagreements(services(), instance)).toEqual([]);

      const before = await countOfAudits();
      const run = await reconcileOnce(services());
      expect(run.status).toBe('done');
      expect(await driftOf(run.id)).toEqual(new Map());
      // The start and the end of the run.
      expect(await countOfAudits()).toBe(before + 2);
    },
    TIMEOUT,
  );

  it(
    'finds and repairs exactly the planted drift',
    async () => {
      const planted = await plantDrift();
      const before = [await ourCopy(services()), await countOfAudits()] as const;
      const report = await reconcileOnce(services(), { mode: 'report' });
      const found = await driftOf(report.id);
      expect(new Map([...found].map(([key, { kind }]) => [key, kind]))).toEqual(planted);
      expect([...found.values()].every(({ state }) => state === 'open')).toBe(true);
      expect(await ourCopy(services())).toEqual(before[0]);
      expect(await countOfAudits()).toBe(before[1] + 2);

      const repair = await reconcileOnce(services());
      const repaired = await driftOf(repair.id);
      expect(new Map([...repaired].map(([key, { kind }]) => [key, kind]))).toEqual(planted);
      expect([...repaired.values()].filter(({ state }) => state !== 'repaired')).toEqual([]);
      expect(await disagreements(services(), product.stub.instance)).toEqual([]);

      const again = await reconcileOnce(services());
      expect(await driftOf(again.id)).toEqual(new Map());
    },
    TIMEOUT,
  );

  it('repairs related drift in one run', async () => {
    const { instance } = product.stub;
    const [left, owner] = [instance.createUser({ lastName: 'Leaves' }), instance.createUser({ lastName: 'Owns' })];
    const stays = instance.createOrganization({ name: 'Stays', createdBy: made.users[0]?.id ?? '' });
    const ends = instance.createOrganization({ name: 'Ends', createdBy: owner.id });
    instance.addMembership(stays.id, left.id);
    await reconcileOnce(services());
    expect(await disagreements(services(), instance)).toEqual([]);

    instance.updateUser(left.id, { lastName: 'Left' });
    instance.removeMembership(stays.id, left.id);
    instance.deleteOrganization(ends.id);
    instance.deleteUser(owner.id);
    await reconcileOnce(services());
    expect(await disagreements(services(), instance)).toEqual([]);
  });

  it('fetches each missing object before it ends the copy', async () => {
    const { directory } = services().identity;
    if (!directory) throw new Error('Clerk has one');
    const leaky = <T>(page: IdentityPage<T>) => ({ ...page, items: page.items.filter((_, index) => index % 12 > 0) });
    const lists = {
      listUsers: async (cursor: string | null) => leaky(await directory.listUsers(cursor)),
      listMemberships: async (cursor: string | null) => leaky(await directory.listMemberships(cursor)),
    };
    const run = await reconcileOnce(services(), { directory: { ...directory, ...lists } });
    expect(await driftOf(run.id)).toEqual(new Map());
    expect(await disagreements(services(), product.stub.instance)).toEqual([]);
  });

  it('ends nothing unasked when the provider returns no users', async () => {
    const { directory } = services().identity;
    if (!directory) throw new Error('Clerk has one');
    const nothing = async () => ({ items: [], next: null });
    const lists = { listUsers: nothing, listOrganizations: nothing, listMemberships: nothing };
    const fetches = {
      fetchUser: async () => null,
      fetchOrganization: async () => null,
      fetchMembership: async () => null,
    };
    const run = await reconcileOnce(services(), { directory: { ...directory, ...lists, ...fetches } });
    const drift = await services().db.sync.syncDrift.findMany({ where: { runId: run.id, objectType: 'user' } });
    expect(drift).toHaveLength(product.stub.instance.state.users.size);
    expect(drift.filter(({ kind, state }) => kind !== 'extra' || state !== 'open')).toEqual([]);
    expect(drift[0]?.note).toBe('prune_limit');
    const { users, members } = await ourCopy(services());
    expect([users.size, members.size > 0]).toEqual([drift.length, true]);
  });
});
