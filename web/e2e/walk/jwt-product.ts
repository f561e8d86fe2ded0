import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServerProcess } from '../../../bff/src/testing/fixtures/server-process.ts';

const SECRET = 'what the host app and Rolecall both know';
const RULES = { iss: 'https://app.example.test', aud: 'rolecall' };
export const ADA = { sub: 'user-1', email: 'ada@app.test', email_verified: true, name: 'Ada Park' };

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the host app. */
export function tokenOf(claims: object, { lasts = 600, secret = SECRET } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...RULES, iat: now - 1, exp: now + lasts, ...claims })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** Starts the whole product with the tokens of a host app, whose sign-in page is at this address; Ada owns the platform. */
export async function startJwtProduct(signInUrl: string, settings: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-jwt-'));
  const server = await startServerProcess({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    IDENTITY_PROVIDER: 'jwt',
    JWT_SECRET: SECRET,
    JWT_ALGORITHMS: 'HS256',
    JWT_ISSUER: RULES.iss,
    JWT_AUDIENCE: RULES.aud,
    JWT_SIGN_IN_URL: signInUrl,
    BOOTSTRAP_OWNER: ADA.sub,
    ...settings,
  });
  return {
    url: server.url,
    stop: async () => {
      await server.kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
