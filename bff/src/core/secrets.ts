import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.ts';
import { SHORTEST_SECRET } from './settings/values.ts';

const BYTES = 32;

/** The keys of one use: the first signs, all of them verify. */
export type SigningKeys = readonly [string, ...string[]];

/** Returns the keys of one use, such as `cursor`. */
export type KeysOf = (use: string) => SigningKeys;

export const secretKeyFile = (dataDir: string) => join(dataDir, 'secret-key');

/**
 * Derives a key per use (HKDF, RFC 5869) from SECRET_KEY, or from the key in the data folder, which the first start creates. During a
 * rotation those of SECRET_KEY_PREVIOUS follow.
 */
export function openSecrets({
  secretKey,
  secretKeyPrevious,
  dataDir,
}: Pick<Config, 'secretKey' | 'secretKeyPrevious' | 'dataDir'>): KeysOf {
  const current = secretKey ?? storedKey(dataDir);
  const previous = secretKeyPrevious ? [secretKeyPrevious] : [];
  return (use) => [derive(current, use), ...previous.map((key) => derive(key, use))];
}

const derive = (key: string, use: string) =>
  Buffer.from(hkdfSync('sha256', key, '', `rolecall ${use}`, BYTES)).toString('base64url');

function storedKey(dataDir: string): string {
  const file = secretKeyFile(dataDir);
  try {
    const key = readStored(file) ?? createStored(dataDir, file);
    if (key.length >= SHORTEST_SECRET) return key;
  } catch (error) {
    throw new ConfigError([`SECRET_KEY: not set, and ${file} cannot be used (${(error as Error).message})`]);
  }
  throw new ConfigError([
    `SECRET_KEY: not set, and ${file} is damaged: restore it, or delete it, which ends all sessions`,
  ]);
}

function readStored(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

// Linked only when complete, so that a start that dies leaves no half of a key; of two starts one wins. Not named by the process: in two
// containers it has the same id, and a draft that is linked already is the key.
function createStored(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const draft = `${file}.draft-${randomUUID()}`;
  writeFileSync(draft, `${randomBytes(BYTES).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}
