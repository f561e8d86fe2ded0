import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { tenantTx } from '../db/tenant-tx.ts';
import { IdentityUnavailable } from '../identity/provider.ts';
import {
  at,
  clerkMembership,
  clerkOrganization,
  clerkUser,
  signed,
  startClerkHarness,
} from '../testing/clerk-webhooks.ts';
import { applyUsers } from './apply-user.ts';
import { byPerson, NOWHERE } from './cause.ts';
import { ClerkUser, toIdentityUser } from './clerk-user.ts';
import { tidyInbox } from './retention.ts';

const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
let clerk: Awaited<ReturnType<typeof startClerkHarness>>;
beforeAll(async () => {
  const CLERK_JWT_KEY = KEYS.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  clerk = await startClerkHarness({ CLERK_JWT_KEY });
});
afterAll(() => clerk.harness.close());

const event = (type: string, data: object) => JSON.stringify({ object: 'event', type, timestamp: 1_716_883_200, data });
const row = (id: string) => clerk.db.webhookEvent.findFirstOrThrow({ where: { id } });

describe('people in one batch', () => {
  it('end as if told one after the other: each word its row, older ones nothing, several about one person in their order', async () => {
    const [ada, ben, gone] = [clerkUser(), clerkUser({ first_name: 'Ben' }), clerkUser()];
    await clerk.send('user.deleted', { object: 'user', id: gone.id, deleted: true });
    const words = [
      ada,
      { ...ada, last_name: 'Byron', updated_at: at(5) },
      ben,
      { ...ada, last_name: 'Too late', updated_at: at(3) },
      gone,
      { ...ben, banned: true, updated_at: at(2) },
    ];
    const origin = { requestId: `batch-${ada.id}`, ip: null, userAgent: null };
    const cause = byPerson({ id: 'user_who_tells', sessionId: null }, origin, clerk.harness.services.config);
    const tell = (given: object[]) =>
      tenantTx(clerk.db, NOWHERE, (tx) =>
        applyUsers(
          tx,
          given.map((one) => ({ user: toIdentityUser(ClerkUser.parse(one)), cause })),
        ),
      );
    expect(await tell(words)).toEqual(['applied', 'applied', 'applied', 'ignored', 'ignored', 'applied']);
    expect(await clerk.person(ada.id)).toMatchObject({ name: 'Ada Byron', sortName: 'ada byron' });
    expect(await clerk.person(ben.id)).toMatchObject({ name: 'Ben Park', banned: true });
    expect((await clerk.person(gone.id)).email).toBeNull();
    const told = await clerk.events({ requestId: origin.requestId });
    expect(told.map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['user.created', ada.id],
      ['user.updated', ada.id],
      ['user.created', ben.id],
      ['user.updated', ben.id],
    ]);
    await tell(words.slice(0, 3));
    expect(await clerk.events({ requestId: origin.requestId })).toHaveLength(4);
  });

  it('harms nobody when one message of many cannot be read, and none is done twice', async () => {
    const users = Array.from({ length: 12 }, () => clerkUser());
    const bodies = users.map((user, index) =>
      event('user.created', index === 5 ? { ...user, created_at: 'soon' } : user),
    );
    const answers = await Promise.all(
      [...bodies, ...bodies].map((body, index) =>
        clerk.deliver(body, signed(body, { id: `msg_many_${users[index % 12]?.id}` })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200));
    await clerk.harness.services.inbox.idle();
    const ids = users.map(({ id }) => id);
    expect(await clerk.db.user.count({ where: { id: { in: ids } } })).toBe(11);
    expect(await clerk.db.auditLog.count({ where: { subjectId: { in: ids } } })).toBe(11);
    expect(await row(`msg_many_${ids[5]}`)).toMatchObject({ status: 'failed', attempts: 1 });
  });
});

describe('messages that can never be read', () => {
  it('are given up also when they wait together', async () => {
    const users = Array.from({ length: 3 }, () => clerkUser({ created_at: 'soon' }));
    const ids = users.map(({ id }) => `msg_poison_${id}`);
    for (const [index, user] of users.entries()) await clerk.send('user.created', user, { id: ids[index] ?? '' });
    await clerk.db.$executeRaw`
      UPDATE webhook_event SET next_attempt_at = now() - interval '1 day' WHERE id = ANY (${ids}::text[])`;
    await clerk.harness.services.inbox.sweep();
    for (const id of ids) expect(await row(id)).toMatchObject({ status: 'failed', attempts: 2 });
  });
});

describe('senders who promise a body and do not send it', () => {
  it('keep nobody else out', async () => {
    const { inbox } = clerk.harness.services;
    const origin = { requestId: 'slow', ip: null, userAgent: null };
    const pipes = Array.from({ length: 80 }, () => new TransformStream<Uint8Array, Uint8Array>());
    const slow = pipes.map(({ readable }) =>
      inbox
        .receive(
          new Request('http://localhost/api/webhooks/clerk', {
            ...{ method: 'POST', body: readable, duplex: 'half', headers: { 'content-length': '1000000' } },
          } as RequestInit),
          origin,
        )
        .catch((error) => error.code),
    );
    expect(await clerk.send('user.created', clerkUser())).toBe('applied');
    for (const { writable } of pipes) await writable.close();
    expect(new Set(await Promise.all(slow))).toEqual(new Set(['webhook_not_verified']));
  });
});

describe('invitations made at the provider', () => {
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

  it('appear while they are open and close as they close there, in whatever order that is told', async () => {
    const organization = clerkOrganization();
    const open = invitation(organization.id);
    // The organization is not known yet.
    await clerk.send('organizationInvitation.created', open, { id: `msg_${open.id}` });
    await clerk.send('organization.created', organization);
    expect(await stored(open.id)).toMatchObject({
      status: 'pending',
      email: open.email_address.toLowerCase(),
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
});

describe('sessions', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  function bearer(userId: string, sessionId: string) {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      azp: 'http://127.0.0.1:3000',
      iss: 'https://clerk.test',
      sub: userId,
      sid: sessionId,
      sts: 'active',
    };
    const body = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${part({ ...claims, iat: now - 5, nbf: now - 5, exp: now + 60 })}`;
    const signature = createSign('RSA-SHA256').update(body).sign(KEYS.privateKey, 'base64url');
    return { authorization: `Bearer ${body}.${signature}` };
  }

  it('that end at the provider are over here at once, though their token lives on; others are not touched', async () => {
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
    await clerk.send('session.created', session);
    expect((await clerk.person(user.id)).lastSignInAt).toEqual(new Date(at(50)));
    const me = (id: string) => clerk.harness.anonymous('GET', '/api/me', undefined, bearer(user.id, id));
    expect((await me(session.id)).status).toBe(200);
    for (const type of ['session.revoked', 'session.removed'])
      await clerk.send(type, { ...session, status: 'revoked' });
    expect((await me(session.id)).body).toMatchObject({ status: 401, code: 'not_signed_in' });
    expect((await me('sess_another')).status).toBe(200);
    expect(await clerk.actions({ subjectId: user.id, category: 'session' })).toEqual(['session.ended']);
  });
});

describe('two words of the same moment that contradict each other', () => {
  it('wait while the provider is away, at no cost of attempts, and then are as it says', async () => {
    const user = clerkUser();
    let answer: () => Promise<ReturnType<typeof toIdentityUser>> = () =>
      Promise.reject(new IdentityUnavailable('closed for lunch', { retryAfterMs: 60_000 }));
    const { identity, inbox } = clerk.harness.services;
    const { directory } = identity;
    Object.assign(identity, { directory: { fetchUser: () => answer() } });
    onTestFinished(() => void Object.assign(identity, { directory }));

    await clerk.send('user.created', user);
    const id = `msg_tie_${user.id}`;
    expect(await clerk.send('user.updated', { ...user, first_name: 'Said' }, { id })).toBe('stored');
    const waiting = await row(id);
    expect(waiting).toMatchObject({ status: 'received', attempts: 0, lastError: 'closed for lunch' });
    expect((waiting.nextAttemptAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);

    answer = async () => toIdentityUser(ClerkUser.parse({ ...user, first_name: 'True' }));
    await clerk.db.webhookEvent.update({ where: { id }, data: { nextAttemptAt: new Date(0) } });
    await inbox.sweep();
    expect(await row(id)).toMatchObject({ status: 'applied', attempts: 1 });
    expect((await clerk.person(user.id)).firstName).toBe('True');
    // Whoever comes last with another word is answered the same.
    await clerk.send('user.updated', { ...user, first_name: 'Said' });
    expect((await clerk.person(user.id)).firstName).toBe('True');
  });
});

it('what was done 90 days ago is emptied, what waits is not', async () => {
  const ids = ['applied', 'dead', 'young'].map((kind) => `msg_old_${kind}_${crypto.randomUUID()}`);
  const long = new Date(Date.now() - 91 * 86_400_000);
  const payload = { type: 'user.created', data: clerkUser() };
  const rest = { source: 'clerk', type: 'user.created', objectId: 'user_old', payload };
  for (const [index, id] of ids.entries()) {
    const receivedAt = index === 2 ? new Date() : long;
    await clerk.db.webhookEvent.create({ data: { id, ...rest, status: index === 1 ? 'dead' : 'applied', receivedAt } });
  }
  await tidyInbox(clerk.harness.services);
  const kept = await Promise.all(ids.map(async (id) => JSON.stringify((await row(id)).payload).includes('Ada')));
  expect(kept).toEqual([false, true, true]);
});

it('a membership that the provider ends does not end what only the console gave', async () => {
  const [organization, user] = [clerkOrganization(), clerkUser()];
  await clerk.send('organization.created', organization);
  await clerk.send('user.created', user);
  const given = clerkMembership(organization, user.id);
  await clerk.send('organizationMembership.created', given);
  await clerk.send('organizationMembership.deleted', clerkMembership(organization, user.id, { updated_at: at(0) }));
  expect(await clerk.member(organization.id, user.id)).toMatchObject({
    status: 'active',
    identityMembershipId: given.id,
  });
  // The end of a newer one, of which the beginning is still to come, ends this one too, and the beginning then comes too late.
  const next = clerkMembership(organization, user.id, { created_at: at(8), updated_at: at(8) });
  await clerk.send('organizationMembership.deleted', next);
  expect(await clerk.send('organizationMembership.created', next)).toBe('ignored');
  expect(await clerk.member(organization.id, user.id)).toMatchObject({ status: 'left', identityMembershipId: next.id });
});
