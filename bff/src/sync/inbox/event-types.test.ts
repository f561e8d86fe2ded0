import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  at,
  bearerOf,
  clerkOrganization,
  clerkUser,
  startClerkHarness,
} from '../../testing/fixtures/clerk-webhooks.ts';

let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  clerk = await startClerkHarness();
});
afterAll(() => clerk.harness.close());

const row = (id: string) => clerk.db.webhookEvent.findFirstOrThrow({ where: { id } });

describe('provider invitations', () => {
  const invitation = (organizationId: string, overrides: object = {}) => {
    const id = `orginv_${crypto.randomUUID()}`;
    return {
      ...{ object: 'organization_invitation', id, email_address: `Guest-${id}@Example.test`, role: 'org:admin' },
      ...{ organization_id: organizationId, status: 'pending', url: 'https://clerk.test/?ticket=424242' },
      ...{ expires_at: at(9e6), created_at: at(0), updated_at: at(0), ...overrides },
    };
  };
  const stored = (identityInvitationId: string) =>
    clerk.db.invitation.findFirstOrThrow({
      where: { identityInvitationId },
      include: { roles: { include: { role: true } } },
    });

  it('are copied while open and closed with the original, in any order', async () => {
    const organization = clerkOrganization();
    const open = invitation(organization.id);
    // The organization is not known yet.
    await clerk.send('organizationInvitation.created', open, { id: `msg_${open.id}` });
    await clerk.send('organization.created', organization);
    expect(await stored(open.id)).toMatchObject({
      status: 'pending',
      email: open.email_address,
      emailKey: open.email_address.toLowerCase(),
      invitedBy: null,
    });
    expect((await stored(open.id)).roles.map(({ role }) => role.key)).toEqual(['admin']);
    expect((await clerk.tenantOf(organization.id)).name).toBe(organization.name);
    expect(JSON.stringify(await row(`msg_${open.id}`))).not.toMatch(/424242|guest/i);

    await clerk.send('organizationInvitation.accepted', {
      ...open,
      status: 'accepted',
      user_id: 'user_x',
      updated_at: at(4),
    });
    expect(await stored(open.id)).toMatchObject({
      status: 'accepted',
      acceptedBy: 'user_x',
      acceptedAt: new Date(at(4)),
    });

    const revoked = invitation(organization.id);
    await clerk.send('organizationInvitation.revoked', { ...revoked, status: 'revoked', updated_at: at(3) });
    expect(await clerk.send('organizationInvitation.created', revoked)).toBe('ignored');
    expect(await stored(revoked.id)).toMatchObject({ status: 'revoked' });
    const { id: tenantId } = await clerk.tenantOf(organization.id);
    const actions = await clerk.actions({ tenantId, category: 'invitation' });
    expect(actions).toEqual(['invitation.created', 'invitation.accepted', 'invitation.revoked']);
  });

  it.each([
    ['"ada park"@example.test', 'a quoted local part'],
    ['jürgen@example.test', 'a local part beyond ASCII'],
    ['Grüße@Bücher.example', 'a domain beyond ASCII too'],
  ])('of %s are copied: %s', async (email_address) => {
    const organization = clerkOrganization();
    await clerk.send('organization.created', organization);
    const open = invitation(organization.id, { email_address });
    expect(await clerk.send('organizationInvitation.created', open)).toBe('applied');
    expect((await stored(open.id)).status).toBe('pending');
    await clerk.send('organizationInvitation.revoked', { ...open, status: 'revoked', updated_at: at(3) });
    expect(await stored(open.id)).toMatchObject({ status: 'revoked' });
  });

  it('of no address fail visibly', async () => {
    const organization = clerkOrganization();
    const id = `msg_${organization.id}`;
    await clerk.send('organizationInvitation.created', invitation(organization.id, { email_address: 'Ada' }), { id });
    expect(await row(id)).toMatchObject({ status: 'failed', lastError: expect.stringContaining('email_address') });
  });
});

describe('events that name nothing but an id', () => {
  it('delete the user or the organization', async () => {
    const [user, organization] = [clerkUser(), clerkOrganization()];
    await clerk.send('user.created', user);
    await clerk.send('organization.created', organization);
    expect(await clerk.send('user.deleted', { id: user.id })).toBe('applied');
    expect((await clerk.user(user.id)).deletedAt).not.toBeNull();
    expect(await clerk.send('organization.deleted', { id: organization.id })).toBe('applied');
    expect((await clerk.tenantOf(organization.id)).status).toBe('archived');
  });

  it.each(['user.updated', 'organization.updated', 'organizationMembership.created', 'session.ended'])(
    'of type %s, which needs more, fail visibly',
    async (type) => {
      const id = `msg_${crypto.randomUUID()}`;
      await clerk.send(type, { id: 'object_1' }, { id });
      expect(await row(id)).toMatchObject({ status: 'failed', lastError: expect.stringMatching(/\w/) });
    },
  );
});

describe('sessions', () => {
  it('revoked at the provider end immediately, before their token expires', async () => {
    const user = clerkUser();
    await clerk.send('user.created', user);
    const session = {
      object: 'session',
      id: `sess_${user.id}`,
      user_id: user.id,
      status: 'active',
      created_at: at(50),
      updated_at: at(50),
    };
    expect(await clerk.send('session.created', session)).toBe('applied');
    expect(await clerk.send('session.created', session)).toBe('ignored');
    expect((await clerk.user(user.id)).lastSignInAt).toEqual(new Date(at(50)));
    const me = (id: string) => clerk.harness.anonymous('GET', '/api/me', undefined, bearerOf(user.id, { sid: id }));
    expect((await me(session.id)).status).toBe(200);
    for (const type of ['session.revoked', 'session.removed'])
      await clerk.send(type, { ...session, status: 'revoked' });
    expect((await me(session.id)).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect((await me('sess_another')).status).toBe(200);
    expect(await clerk.actions({ subjectId: user.id, category: 'session' })).toEqual([
      'session.started',
      'session.ended',
    ]);
  });
});
