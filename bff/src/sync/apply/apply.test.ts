import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  at,
  clerkMembership,
  clerkOrganization,
  clerkUser,
  startClerkHarness,
} from '../../testing/fixtures/clerk-webhooks.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  clerk = await startClerkHarness();
});
afterAll(() => clerk.harness.close());

describe('users', () => {
  it('are copied and audited without personal data', async () => {
    const user = clerkUser({ public_metadata: { role: 'support' } });
    await clerk.send('user.created', user);
    await clerk.send('user.updated', { ...user, last_name: 'Byron', banned: true, updated_at: at(9) });
    expect(await clerk.user(user.id)).toMatchObject({
      name: 'Ada Byron',
      email: `${user.id}@example.test`,
      emailVerified: true,
      sortName: 'ada byron',
      banned: true,
      identityRole: 'support',
    });
    const [created, updated] = await clerk.events({ subjectId: user.id });
    expect(created).toMatchObject({ action: 'user.created', actorType: 'webhook' });
    expect(updated).toMatchObject({
      before: { banned: false },
      after: { banned: true },
      context: { changed: ['lastName', 'name'] },
    });
    expect(JSON.stringify([created?.after, updated?.after, updated?.context])).not.toContain('Byron');
  });

  it('ignore stale updates and audit only changes', async () => {
    const user = clerkUser({ updated_at: at(10) });
    await clerk.send('user.created', user);
    expect(await clerk.send('user.updated', { ...user, first_name: 'Old', updated_at: at(9) })).toBe('ignored');
    expect(await clerk.send('user.updated', { ...user, first_name: 'Equal' })).toBe('applied');
    expect(await clerk.send('user.updated', { ...user, first_name: 'Equal', updated_at: at(11) })).toBe('applied');
    expect((await clerk.user(user.id)).firstName).toBe('Equal');
    expect(await clerk.actions({ subjectId: user.id })).toEqual(['user.created', 'user.updated']);
  });

  it('stay deleted, with all personal data erased', async () => {
    const user = clerkUser();
    await clerk.send('user.created', user, { id: `msg_of_${user.id}` });
    await clerk.send('user.deleted', { object: 'user', id: user.id, deleted: true });
    expect(await clerk.send('user.updated', { ...user, updated_at: at(99) }, { id: `msg_late_${user.id}` })).toBe(
      'ignored',
    );
    expect(await clerk.user(user.id)).toMatchObject({
      name: 'Deleted person',
      email: null,
      imageUrl: null,
      searchText: 'deleted person',
    });
    const inbox = await clerk.db.webhookEvent.findMany({ where: { objectId: user.id } });
    const subjects = await clerk.db.auditSubject.findMany({ where: { userId: user.id } });
    expect(inbox).toHaveLength(3);
    expect(inspect([inbox, subjects, await clerk.events({ subjectId: user.id })], { depth: 9 })).not.toMatch(
      /Ada|Park|@example/,
    );
  });

  it('deleted before their creation never appear', async () => {
    const user = clerkUser();
    expect(await clerk.send('user.deleted', { id: user.id, deleted: true })).toBe('applied');
    expect(await clerk.send('user.created', user)).toBe('ignored');
    expect((await clerk.user(user.id)).deletedAt).not.toBeNull();
  });
});

describe('organizations', () => {
  it('become tenants with system roles and a unique slug', async () => {
    const [first, second] = [clerkOrganization(), clerkOrganization()];
    await clerk.send('organization.created', first);
    await clerk.send('organization.created', { ...second, slug: first.slug });
    const tenant = await clerk.tenantOf(second.id);
    expect(tenant.slug).toBe(`${first.slug}-2`);
    const roles = await clerk.db.role.findMany({
      where: { tenantId: tenant.id },
      include: { permissions: true, versions: true },
    });
    expect(roles.map(({ key }) => key).sort()).toEqual(['admin', 'auditor', 'member', 'owner']);
    for (const { permissions, effectivePermissions, versions } of roles) {
      expect(permissions.map(({ permissionCode }) => permissionCode).sort()).toEqual(effectivePermissions);
      expect(versions).toHaveLength(1);
    }
  });

  it('ignore stale renames and keep a numbered slug', async () => {
    const organization = clerkOrganization({ updated_at: at(10) });
    await clerk.send('organization.created', organization);
    await clerk.send('organization.updated', { ...organization, name: 'New', updated_at: at(20) });
    expect(await clerk.send('organization.updated', { ...organization, name: 'Old', updated_at: at(15) })).toBe(
      'ignored',
    );
    expect(await clerk.tenantOf(organization.id)).toMatchObject({ name: 'New', slug: organization.slug, version: 2 });
  });

  it('are archived when deleted, even before their creation', async () => {
    const organization = clerkOrganization();
    await clerk.send('organization.deleted', { id: organization.id, slug: organization.slug, deleted: true });
    expect(await clerk.send('organization.created', organization)).toBe('ignored');
    expect(await clerk.send('organizationMembership.created', clerkMembership(organization, clerkUser().id))).toBe(
      'ignored',
    );
    const tenant = await clerk.tenantOf(organization.id);
    expect(tenant.status).toBe('archived');
    expect(await clerk.actions({ tenantId: tenant.id })).toEqual(['tenant.archived']);
  });
});
