import { Socket } from 'node:net';
import { createClerkClient, verifyToken } from '@clerk/backend';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClerkStub, startClerkStub } from '../server.ts';

let stub: ClerkStub;
let client: ReturnType<typeof createClerkClient>;
const original = Socket.prototype.connect;
/** Hosts of all sockets of this process. */
const hosts: unknown[] = [];
const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args) {
  const [target] = [args as unknown].flat(2);
  hosts.push((target as { host?: string }).host);
  return original.apply(this, args);
});

beforeAll(async () => {
  stub = await startClerkStub();
  client = createClerkClient({ secretKey: stub.secretKey, apiUrl: stub.url, telemetry: { disabled: true } });
});
afterAll(async () => {
  connect.mockRestore();
  await stub.close();
});

describe("Clerk's own client", () => {
  it('creates, finds, updates and deletes users', async () => {
    const { users } = client;
    const created = await users.createUser({
      emailAddress: ['ada@example.test'],
      firstName: 'Ada',
      password: 'long enough',
    });
    expect(created.primaryEmailAddress?.emailAddress).toBe('ada@example.test');
    expect((await users.getUser(created.id)).firstName).toBe('Ada');
    expect((await users.updateUser(created.id, { lastName: 'Park' })).lastName).toBe('Park');
    expect((await users.getUserList({ emailAddress: ['ada@example.test'] })).data.map(({ id }) => id)).toEqual([
      created.id,
    ]);
    expect((await users.getUserList({ query: 'park' })).totalCount).toBe(1);
    expect(await users.getCount()).toBe(1);

    await users.updateUserMetadata(created.id, { publicMetadata: { role: 'teacher', deep: { first: 1, second: 2 } } });
    const merged = await users.updateUserMetadata(created.id, { publicMetadata: { deep: { second: null } } });
    expect(merged.publicMetadata).toEqual({ role: 'teacher', deep: { first: 1 } });
    expect((await users.updateUser(created.id, { publicMetadata: { role: 'x' } })).publicMetadata).toEqual({
      role: 'x',
    });

    expect((await users.banUser(created.id)).banned).toBe(true);
    expect((await users.unbanUser(created.id)).banned).toBe(false);
    expect((await users.lockUser(created.id)).locked).toBe(true);
    expect((await users.unlockUser(created.id)).locked).toBe(false);
    expect((await users.deleteUser(created.id)).id).toBe(created.id);
    await expect(users.getUser(created.id)).rejects.toMatchObject({
      status: 404,
      errors: [{ code: 'resource_not_found' }],
    });
  });

  it('manages organizations and their members', async () => {
    const { organizations, users } = client;
    const owner = await users.createUser({ emailAddress: ['owner@example.test'] });
    const other = await users.createUser({ emailAddress: ['other@example.test'] });
    const created = await organizations.createOrganization({ name: 'Acme', slug: 'acme', createdBy: owner.id });
    const organizationId = created.id;
    expect((await organizations.getOrganization({ slug: 'acme' })).id).toBe(organizationId);
    expect((await organizations.getOrganization({ organizationId, includeMembersCount: true })).membersCount).toBe(1);
    expect((await organizations.updateOrganization(organizationId, { name: 'Acme Ltd' })).name).toBe('Acme Ltd');
    expect((await organizations.getOrganizationList({ query: 'ltd' })).totalCount).toBe(1);
    const metadata = await organizations.updateOrganizationMetadata(organizationId, {
      publicMetadata: { plan: 'pro' },
    });
    expect(metadata.publicMetadata).toEqual({ plan: 'pro' });

    const joined = { organizationId, userId: other.id };
    await organizations.createOrganizationMembership({ ...joined, role: 'org:member' });
    const promoted = await organizations.updateOrganizationMembership({ ...joined, role: 'org:admin' });
    expect([promoted.role, promoted.publicUserData?.identifier]).toEqual(['org:admin', 'other@example.test']);
    await organizations.updateOrganizationMembershipMetadata({ ...joined, publicMetadata: { seat: 7 } });
    const members = await organizations.getOrganizationMembershipList({ organizationId });
    expect(members.totalCount).toBe(2);
    expect((await organizations.getInstanceOrganizationMembershipList({ limit: 1 })).data).toHaveLength(1);
    expect((await users.getOrganizationMembershipList({ userId: other.id })).data[0]?.publicMetadata).toEqual({
      seat: 7,
    });
    await organizations.deleteOrganizationMembership(joined);
    await expect(organizations.updateOrganizationMembership({ ...joined, role: 'org:admin' })).rejects.toMatchObject({
      status: 404,
    });
    expect((await client.organizationRoles.getOrganizationRoleList()).data.map(({ key }) => key).sort()).toEqual([
      'org:admin',
      'org:member',
    ]);
    expect((await organizations.deleteOrganization(organizationId)).id).toBe(organizationId);
  });

  it('invites to an organization and to the application', async () => {
    const owner = await client.users.createUser({ emailAddress: ['inviter@example.test'] });
    const { id: organizationId } = await client.organizations.createOrganization({
      name: 'Inviting',
      createdBy: owner.id,
    });
    const emailAddress = 'guest@example.test';
    const invited = await client.organizations.createOrganizationInvitation({
      organizationId,
      emailAddress,
      role: 'org:member',
      inviterUserId: owner.id,
      publicMetadata: { from: 'invitation' },
    });
    const pending = await client.organizations.getOrganizationInvitationList({ organizationId, status: ['pending'] });
    expect(pending.data.map(({ id }) => id)).toEqual([invited.id]);
    stub.instance.acceptInvitation(invited.id);
    const again = { organizationId, invitationId: invited.id };
    expect((await client.organizations.getOrganizationInvitation(again)).status).toBe('accepted');
    await expect(client.organizations.revokeOrganizationInvitation(again)).rejects.toMatchObject({ status: 400 });
    const guest = stub.instance.findUserByEmail(emailAddress);
    expect(stub.instance.findMembership(organizationId, guest?.id ?? '')?.public_metadata).toEqual({
      from: 'invitation',
    });

    const app = await client.invitations.createInvitation({
      emailAddress: 'new@example.test',
      publicMetadata: { role: 'x' },
    });
    expect((await client.invitations.getInvitationList({ status: 'pending' })).totalCount).toBe(1);
    expect((await client.invitations.revokeInvitation(app.id)).status).toBe('revoked');
    await expect(client.invitations.createInvitation({ emailAddress })).rejects.toMatchObject({
      errors: [{ code: 'form_identifier_exists' }],
    });
  });

  it('lists and revokes sessions and verifies tokens by JWKS', async () => {
    const { id: userId } = await client.users.createUser({ emailAddress: ['session@example.test'] });
    const session = await client.sessions.createSession({ userId });
    expect((await client.sessions.getSessionList({ userId, status: 'active' })).totalCount).toBe(1);
    const { jwt } = await client.sessions.getToken(session.id);
    const claims = await verifyToken(jwt, { secretKey: stub.secretKey, apiUrl: stub.url });
    expect([claims.sub, claims.sid]).toEqual([userId, session.id]);
    expect((await client.sessions.revokeSession(session.id)).status).toBe('revoked');
    await expect(client.sessions.getToken(session.id)).rejects.toMatchObject({ status: 422 });
  });

  it('connects only to this machine', () => {
    expect(stub.requests.length).toBeGreaterThan(40);
    expect([...new Set(hosts)]).toEqual(['127.0.0.1']);
  });
});

it('rejects requests without the key of this instance', async () => {
  const statuses = await Promise.all(
    [null, 'Bearer sk_live_x', 'Bearer sk_test_x', stub.secretKey].map(async (authorization) => {
      const response = await fetch(`${stub.url}/v1/users`, authorization ? { headers: { authorization } } : {});
      return response.status;
    }),
  );
  expect(statuses).toEqual([401, 401, 401, 401]);
  await expect(startClerkStub({ secretKey: 'sk_live_x' })).rejects.toThrow('sk_test_');
});
