import { existsSync, statSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../../core/config.ts';
import { secretKeyFile } from '../../core/secrets.ts';
import { type Check, error, ok, warning } from './check.ts';

/** The first version that runs TypeScript without a flag. */
const OLDEST_NODE = 24;
const GIB = 1024 ** 3;

export function checkNode(version = process.versions.node): Check {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return ok('Node', version);
  return error('Node', `${version} is too old: start commands with \`npx -y pnpm@12\`, which brings its own Node`);
}

/** A port that Rolecall itself listens on is fine. */
export async function checkPort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Check> {
  const code = await tryToListen(host, port);
  if (code === null) return ok('Port', `${port} on ${host} is free`);
  if (code === 'EADDRINUSE') {
    if (await isRolecall(host, port)) return ok('Port', `Rolecall is running on port ${port}`);
    return error('Port', `${port} on ${host} is taken by another program: stop it or change PORT`);
  }
  if (code === 'EADDRNOTAVAIL') return error('Port', `${host} is no address of this machine: change HOST`);
  return error('Port', `${port} on ${host} cannot be opened (${code}): change PORT`);
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) => done(cause.code ?? cause.message));
    probe.listen(port, host, () => probe.close(() => done(null)));
  });
}

async function isRolecall(host: string, port: number): Promise<boolean> {
  const authority = host.includes(':') ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${authority}:${port}/api/session-info`, {
      signal: AbortSignal.timeout(2_000),
    });
    return 'identityProvider' in ((await response.json()) as object);
  } catch {
    return false;
  }
}

type DiskUse = Pick<Config, 'dataDir' | 'databaseUrl' | 'secretKey'>;

export async function checkDisk({ dataDir, databaseUrl, secretKey }: DiskUse): Promise<Check> {
  let folder = resolve(dataDir);
  while (!existsSync(folder)) folder = dirname(folder);
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable && !(databaseUrl && secretKey))
    return error('Disk', `this account cannot write to ${folder}: change DATA_DIR, or set DATABASE_URL and SECRET_KEY`);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `${(free / GIB).toFixed(1)} GiB free in ${folder}`;
  if (free < GIB / 4) return error('Disk', `${message}: writes will soon fail`);
  return free < 2 * GIB ? warning('Disk', message) : ok('Disk', message);
}

/** Secrets in files that other accounts of this machine can read. */
export function checkSecretFiles({ dataDir }: Pick<Config, 'dataDir'>): Check[] {
  const files = ['.env', secretKeyFile(dataDir), join(dataDir, 'postgres-passwords.json')];
  const open =
    process.platform === 'win32' ? [] : files.filter((file) => existsSync(file) && statSync(file).mode & 0o077);
  if (open.length === 0) return [ok('Secrets', 'only this account can read the files that hold them')];
  return open.map((file) => error('Secrets', `other accounts can read ${file}: run \`chmod 600 ${file}\``));
}
