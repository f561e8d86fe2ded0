import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START = join(import.meta.dirname, '../../bff/src/cli/start.ts');
const READY = /Rolecall is ready: (\S+)/;

export const DEMO_PASSWORD = 'rolecall-demo';

export interface Product {
  url: string;
  stop(): Promise<void>;
}

/** The whole product with its demo, in a folder of its own, as `pnpm start` runs it. */
export async function startProduct(): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-browser-'));
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', DEMO_PASSWORD, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await readyUrl(child);
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk;
      const url = READY.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}:\n${output}`)));
  });
}

export interface Session {
  cookie: { name: string; value: string; url: string };
  call<T>(path: string, body?: object): Promise<T>;
}

/** Signs in over REST, for tests and pictures that begin behind the sign-in page. */
export async function signIn(url: string, email: string): Promise<Session> {
  const headers = { 'content-type': 'application/json', origin: url };
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  const [name = '', value = ''] = answer.headers.getSetCookie()[0]?.split(';')[0]?.split(/=(.*)/s) ?? [];
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const reply = await fetch(`${url}${path}`, {
      headers: { ...headers, cookie: `${name}=${value}` },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    return (await reply.json()) as T;
  };
  return { cookie: { name, value, url }, call };
}
