import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../../access/permissions.ts';
import { createAccountListener } from '../../sync/local-accounts.ts';
import { aUser, type TestUser } from '../../testing/fixtures/builders.ts';
import type { DatabaseCopy } from '../../testing/fixtures/database-copy.ts';
import { type Harness, ORIGIN, startHarness } from '../../testing/fixtures/harness.ts';
import { PASSWORD } from '../../testing/fixtures/known-password.ts';
import { type MailServer, startMailServer } from '../../testing/fixtures/mail-server.ts';
import { ownDatabase } from '../../testing/fixtures/own-database.ts';

const NEW_PASSWORD = 'another horse battery';
const unique = () => `e-${uuid().slice(-12)}@example.test`;

let harness: Harness;
let mails: MailServer;
let database: DatabaseCopy;
beforeAll(async () => {
  [mails, database] = await Promise.all([startMailServer(), ownDatabase()]);
  harness = await startHarness({ SMTP_URL: mails.url, DATABASE_URL: database.ownerUrl });
});
afterAll(async () => {
  await harness?.close();
  await database?.stop();
  mails?.close();
});

const rows = (where: object) => harness.services.db.sync.auditLog.findMany({ where, orderBy: { createdAt: 'asc' } });
const actionsOf = async ({ id }: TestUser) =>
  (await rows({ subjectId: id }))
    .map(({ action }) => action)
    .filter((action) => !/user\.(created|updated)/.test(action));
const signIn = (email: string, password = PASSWORD) =>
  harness.anonymous('POST', '/api/auth/sign-in/email', { email, password }, { 'user-agent': 'Browser/1' });
const isSignedIn = async ({ cookie }: TestUser) => (await harness.as(cookie)('GET', '/api/me')).status === 200;

describe('sessions in the audit log', () => {
  it('start with a sign-in and end with a sign-out, each recorded once', async () => {
    const user = await aUser(harness);
    expect((await signIn(user.email)).status).toBe(200);
    await Promise.all(Array.from({ length: 3 }, () => user.call('POST', '/api/auth/sign-out', {})));
    const recorded = await rows({ subjectId: user.id, category: 'session' });
    const [first, second] = recorded;
    expect(recorded).toMatchObject([
      { action: 'session.started', actorId: user.id, targetType: 'session' },
      { action: 'session.started', userAgent: 'Browser/1', requestId: expect.stringMatching(/.{36}/) },
      { action: 'session.signed_out', targetId: first?.targetId, sessionId: first?.targetId, actorId: user.id },
    ]);
    expect(second?.targetId).not.toBe(first?.targetId);
    expect(new Set(recorded.map(({ tenantId }) => tenantId))).toEqual(new Set([PLATFORM_TENANT_ID]));
  });

  it('end when they are revoked, and when they expire', async () => {
    const user = await aUser(harness);
    await signIn(user.email);
    expect((await user.call('POST', '/api/auth/revoke-other-sessions', {})).status).toBe(200);
    const [, signedIn] = await rows({ subjectId: user.id, action: 'session.started' });
    expect(await rows({ subjectId: user.id, action: 'session.revoked' })).toMatchObject([
      { targetId: signedIn?.targetId },
    ]);
    await harness.services.db.authPool.query(`UPDATE "session" SET "expiresAt" = now() WHERE "userId" = $1`, [user.id]);
    expect(await isSignedIn(user)).toBe(false);
    expect(await rows({ subjectId: user.id, action: 'session.expired' })).toMatchObject([{ actorType: 'system' }]);
  });
});

describe('failed sign-ins in the audit log', () => {
  it('name the account or the unknown address, and no password', async () => {
    const user = await aUser(harness);
    const unknown = unique();
    const answers = await Promise.all([user.email, unknown].map((email) => signIn(email, 'hunter2-hunter2')));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([401, answers[0]?.body]));
    const ofUser = await rows({ subjectId: user.id, action: 'user.sign_in_failed' });
    const ofUnknown = await rows({ targetLabel: unknown });
    expect([ofUser, ofUnknown]).toMatchObject([
      [{ outcome: 'denied', actorId: null, targetId: user.id, targetLabel: null, tenantId: PLATFORM_TENANT_ID }],
      [{ outcome: 'denied', actorId: null, subjectId: null, targetId: null, tenantId: PLATFORM_TENANT_ID }],
    ]);
    const all = JSON.stringify([ofUser, ofUnknown], (_, value) => (typeof value === 'bigint' ? String(value) : value));
    expect(all).not.toContain('hunter2');
  });

  it('cannot flood it: above 100 a minute, one in a hundred is recorded', async () => {
    const report = createAccountListener(harness.services);
    // Suites share a process, and with it what is counted of unknown addresses.
    const [user, flooded] = [await aUser(harness), await aUser(harness)];
    const origin = { requestId: uuid(), ip: null, userAgent: null };
    const fail = ({ id: userId, email }: TestUser) =>
      report({ event: { action: 'user.sign_in_failed', userId, email } }, origin);
    for (let guess = 0; guess < 300; guess++) await fail(flooded);
    const { length } = await rows({ requestId: origin.requestId });
    // A minute may end in between.
    expect(length).toBeGreaterThan(95);
    expect(length).toBeLessThan(205);
    // Guesses at one account do not hide those at another.
    await fail(user);
    expect(await rows({ requestId: origin.requestId, subjectId: user.id })).toHaveLength(1);
  });
});

describe('passwords in the audit log', () => {
  const request = (email: string) =>
    harness.anonymous('POST', '/api/auth/request-password-reset', { email, redirectTo: `${ORIGIN}/reset` });

  it('are asked to be reset, for known and unknown addresses alike, and are reset', async () => {
    const user = await aUser(harness);
    const unknown = unique();
    const answers = await Promise.all([user.email, unknown].map(request));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(2).fill([200, answers[0]?.body]));
    await mails.mailTo(user.email);
    expect(await rows({ targetLabel: unknown })).toMatchObject([
      { action: 'user.password_reset_requested', actorId: null },
    ]);
    await request(user.email);
    const token = /reset-password\/([\w-]+)/.exec(await mails.mailTo(user.email))?.[1] ?? '';
    const reset = { newPassword: NEW_PASSWORD, token };
    expect((await harness.anonymous('POST', '/api/auth/reset-password', reset)).status).toBe(200);
    expect(await isSignedIn(user)).toBe(false);
    expect(await actionsOf(user)).toEqual([
      'session.started',
      ...Array(2).fill('user.password_reset_requested'),
      'user.password_reset',
      'session.revoked',
    ]);
    const all = JSON.stringify(await rows({ subjectId: user.id }), (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect([all.includes(token), all.includes(NEW_PASSWORD)]).toEqual([false, false]);
  });

  it('are changed', async () => {
    const user = await aUser(harness);
    const body = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await user.call('POST', '/api/auth/change-password', body)).status).toBe(200);
    expect(await actionsOf(user)).toContain('user.password_changed');
  });
});

describe('what cannot be recorded', () => {
  it('does not happen: neither a sign-in nor a sign-out', async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const user = await aUser(harness);
    await owner.query(`ALTER TABLE audit_log ADD CONSTRAINT planted CHECK (category <> 'session') NOT VALID`);
    const [entered, left] = [await signIn(user.email), await user.call('POST', '/api/auth/sign-out', {})];
    expect([entered.status >= 500, entered.headers.getSetCookie()]).toEqual([true, []]);
    expect([left.status, await isSignedIn(user)]).toEqual([503, true]);
    await owner.query('ALTER TABLE audit_log DROP CONSTRAINT planted');
    await owner.end();
    const sessions = await harness.services.db.authPool.query(`SELECT 1 FROM "session" WHERE "userId" = $1`, [user.id]);
    expect(sessions.rowCount).toBe(1);
    expect((await user.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect(await actionsOf(user)).toEqual(['session.started', 'session.signed_out']);
  });
});
