import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServerProcess } from '../../bff/src/testing/fixtures/server-process.ts';

export const DEMO_PASSWORD = 'rolecall-demo';

export interface Product {
  url: string;
  stop(): Promise<void>;
}

/** Starts the whole product with its demo data in a temporary folder, as `pnpm start` does. */
export async function startProduct(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-browser-'));
  const server = await startServerProcess({ DATA_DIR: dataDir, DEMO_PASSWORD, LOG_LEVEL: 'error' });
  return {
    url: server.url,
    stop: async () => {
      await server.kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Session {
  cookie: { name: string; value: string; url: string };
  call<T>(path: string, body?: object): Promise<T>;
}

/** Signs in over REST, for tests and screenshots that start behind the sign-in page. */
export async function signIn(url: string, email: string): Promise<Session> {
  const headers = { 'content-type': 'application/json', origin: url };
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  const [name = '', value = ''] = response.headers.getSetCookie()[0]?.split(';')[0]?.split(/=(.*)/s) ?? [];
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const result = await fetch(`${url}${path}`, {
      headers: { ...headers, cookie: `${name}=${value}` },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    return (await result.json()) as T;
  };
  return { cookie: { name, value, url }, call };
}
