import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aTenant, aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, harnessForThisTest } from '../../testing/fixtures/harness.ts';
import { PASSWORD } from '../../testing/fixtures/known-password.ts';
import { startMailServer } from '../../testing/fixtures/mail-server.ts';

const limited = (settings: Record<string, string> = {}) => harnessForThisTest({ RATE_LIMITS: 'true', ...settings });

async function signIn(harness: Harness, email: string, password: string, ip: string): Promise<number> {
  return (await harness.as(null, ip)('POST', '/api/auth/sign-in/email', { email, password })).status;
}

async function anOwner(harness: Harness, ip: string, name = 'owner'): Promise<string> {
  const email = `${name}-${crypto.randomUUID()}@example.test`;
  await harness.as(null, ip)('POST', '/api/auth/sign-up/email', { name: 'Owner', email, password: PASSWORD });
  return email;
}

describe('600 guesses from 12 addresses', () => {
  it('are mostly refused, and do not lock the owner out', async () => {
    const harness = await limited({ RATE_LIMIT_SIGN_INS: '1' });
    const email = await anOwner(harness, '198.51.100.1');
    const guess = async (ip: string) => {
      const answers = [];
      for (let count = 0; count < 50; count++) answers.push(await signIn(harness, email, `guess ${ip} ${count}`, ip));
      return answers;
    };
    const answers = (await Promise.all(Array.from({ length: 12 }, (_, index) => guess(`203.0.113.${index}`)))).flat();
    expect(answers).toHaveLength(600);
    expect(answers.filter((status) => status !== 429).length).toBeLessThanOrEqual(10);
    expect(await signIn(harness, email, PASSWORD, '203.0.113.99')).toBe(429);
    expect(await signIn(harness, email, PASSWORD, '198.51.100.1')).toBe(200);
  }, 60_000);
});

describe('failed sign-ins', () => {
  it('are counted before the password is verified, on all instances', async () => {
    const instances = [
      await limited({ RATE_LIMIT_SIGN_INS: '4' }),
      await limited({ RATE_LIMIT_SIGN_INS: '4' }),
    ] as const;
    const email = await anOwner(instances[0], '198.51.100.2');
    const guesses = Array.from({ length: 40 }, (_, index) =>
      signIn(instances[index % 2 ? 0 : 1], email, `guess ${index}`, '203.0.113.200'),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(4);
    expect(await signIn(instances[1], email, PASSWORD, '203.0.113.200')).toBe(429);
  });

  it('cost no statement once they are refused', async () => {
    const harness = await limited({ RATE_LIMIT_SIGN_INS: '1' });
    const email = await anOwner(harness, '198.51.100.6');
    for (let count = 0; count < 2; count++) await signIn(harness, email, 'wrong password', '203.0.117.1');
    let used = 0;
    for (const pool of [harness.services.db.authPool, harness.services.db.rateLimitPool])
      pool.on('acquire', () => {
        used += 1;
      });
    for (let count = 0; count < 20; count++)
      expect(await signIn(harness, email, 'wrong password', '203.0.117.1')).toBe(429);
    expect(used).toBe(0);
  });

  it('of a thief of a session count like those of a stranger', async () => {
    const harness = await limited({ RATE_LIMIT_SIGN_INS: '1' });
    const { email, cookie } = await aUser(harness);
    const change = async (ip: string, decorated: string) => {
      const body = { currentPassword: 'wrong password', newPassword: PASSWORD };
      return (await harness.as(decorated, ip)('POST', '/api/auth/change-password', body)).status;
    };
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await change('203.0.118.1', `theme=${count}; ${cookie}`));
    for (let count = 2; count < 13; count++) answers.push(await change(`203.0.118.${count}`, cookie));
    expect(answers).toEqual([400, 429, 429, ...Array(9).fill(400), 429, 429]);
    expect(await signIn(harness, email, PASSWORD, '203.0.118.99')).toBe(429);
  });

  it.each(['owner', 'propriétaire'])('of strangers do not stop the owner who resets the password: %s', async (name) => {
    const mails = await startMailServer();
    const harness = await limited({ RATE_LIMIT_SIGN_INS: '1', SMTP_URL: mails.url });
    const [email, away] = [await anOwner(harness, '198.51.100.9', name), '198.51.100.10'];
    for (let count = 0; count < 12; count++) await signIn(harness, email, 'wrong password', `203.0.116.${count}`);
    expect(await signIn(harness, email, PASSWORD, away)).toBe(429);
    const call = harness.as(null, away);
    await mails.mailTo(email);
    await call('POST', '/api/auth/request-password-reset', { email, redirectTo: '/' });
    const token = /reset-password\/([\w-]+)/.exec(await mails.mailTo(email))?.[1] ?? '';
    const newPassword = 'another horse battery';
    expect((await call('POST', '/api/auth/reset-password', { newPassword, token })).status).toBe(200);
    expect(await signIn(harness, email, newPassword, away)).toBe(200);
    mails.close();
  });

  it('are forgotten after a success', async () => {
    const harness = await limited({ RATE_LIMIT_SIGN_INS: '3' });
    const email = await anOwner(harness, '198.51.100.3');
    for (let round = 0; round < 3; round++) {
      expect(await signIn(harness, email, 'wrong password', '198.51.100.4')).toBe(401);
      expect(await signIn(harness, email, 'wrong password', '198.51.100.4')).toBe(401);
      expect(await signIn(harness, email.toUpperCase(), PASSWORD, '198.51.100.4')).toBe(200);
    }
  });

  it('count for an address that tries many accounts', async () => {
    const harness = await limited({ RATE_LIMIT_SIGN_INS: '1' });
    const answers = [];
    for (let count = 0; count < 14; count++)
      answers.push(await signIn(harness, `unknown-${count}@example.test`, 'wrong password', '203.0.113.201'));
    expect(answers.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(answers.at(-1)).toBe(429);
  });

  it('cannot hide their account in another format', async () => {
    const { anonymous } = await limited();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await anonymous('POST', '/api/auth/sign-in/email', 'email=a@example.test&password=x', form);
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('sign-ins with the right password', () => {
  it('of one address leave room for those of others', async () => {
    const harness = await limited();
    const own: string[] = [];
    for (let index = 0; index < 4; index++) own.push(await anOwner(harness, `203.0.120.${index}`));
    const other = await anOwner(harness, '198.51.100.12');
    let isOver = false;
    const flood = Array.from({ length: 24 }, async (_, index) => {
      while (!isOver) {
        await signIn(harness, own[index % 4] ?? '', PASSWORD, '203.0.120.9');
        await pause(100);
      }
    });
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await signIn(harness, other, PASSWORD, '198.51.100.12'));
    isOver = true;
    await Promise.all(flood);
    expect(answers).toEqual(Array(3).fill(200));
  }, 180_000);
});

describe('mails', () => {
  it.each(['/request-password-reset', '/send-verification-email'])('of %s are limited per recipient', async (path) => {
    const harness = await limited({ RATE_LIMIT_MAILS: '2' });
    const known = await anOwner(harness, '198.51.100.5');
    const ask = async (email: string, ip: string) =>
      (await harness.as(null, ip)('POST', `/api/auth${path}`, { email, redirectTo: '/' })).status;
    for (const email of [known, `unknown-${known}`]) {
      const answers = [];
      for (let count = 1; count <= 5; count++) answers.push(await ask(email, `203.0.114.${count}`));
      expect(answers.map((status) => status === 429).slice(1)).toEqual([expect.anything(), true, true, true]);
    }
  });

  it.each([
    ['/sign-up/email', { name: 'Stranger', password: 'short' }],
    ['/send-verification-email', {}],
  ])('that strangers cause with %s do not keep a user from signing up', async (path, body) => {
    const harness = await limited({ RATE_LIMIT_MAILS: '1' });
    const email = `newcomer-${crypto.randomUUID()}@example.test`;
    for (let count = 0; count < 3; count++)
      await harness.as(null, '203.0.119.1')('POST', `/api/auth${path}`, { email, ...body });
    const signUp = { name: 'Newcomer', email, password: PASSWORD };
    expect((await harness.as(null, '198.51.100.11')('POST', '/api/auth/sign-up/email', signUp)).status).toBe(200);
  });

  it('of one sender are limited over all recipients', async () => {
    const harness = await limited({ RATE_LIMIT_MAILS: '1' });
    const answers = [];
    for (let count = 0; count < 12; count++) {
      const email = `recipient-${count}@example.test`;
      const ask = harness.as(null, '203.0.115.1');
      answers.push((await ask('POST', '/api/auth/request-password-reset', { email, redirectTo: '/' })).status);
    }
    expect(answers.map((status) => status === 429)).toEqual([...Array(10).fill(false), true, true]);
  });

  it('of invitations are limited per recipient, sender and tenant', async () => {
    const harness = await limited({ RATE_LIMIT_MAILS: '2', RATE_LIMIT_INVITATIONS: '5' });
    const owner = await aUser(harness);
    const tenants = [
      await aTenant(harness, { owner }),
      await aTenant(harness, { owner }),
      await aTenant(harness, { owner }),
    ];
    const invite = async (tenant = tenants[0], email = `guest-${crypto.randomUUID()}@example.test`) => {
      const body = { email, roleIds: [tenant?.roleId('member')] };
      return (await owner.call('POST', `${tenant?.path}/invitations`, body)).status;
    };
    const victim = `victim-${crypto.randomUUID()}@example.test`;
    const answers = [];
    for (const tenant of tenants) answers.push(await invite(tenant, victim));
    expect(answers).toEqual([201, 201, 429]);
    const other = await aUser(harness);
    const theirs = await aTenant(harness, { owner: other });
    const body = { email: victim, roleIds: [theirs.roleId('member')] };
    expect((await other.call('POST', `${theirs.path}/invitations`, body)).status).toBe(201);
    expect([await invite(), await invite(), await invite()]).toEqual([201, 201, 429]);
  });
});
