import { linkSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from './config.ts';
import { openSecrets, secretKeyFile } from './secrets.ts';

const NEW = 'a new secret key of more than 32 characters';
const OLD = 'an old secret key of more than 32 characters';
const open = (settings: Record<string, string>) => openSecrets(readConfig(settings));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('keys', () => {
  it('differ per use and per SECRET_KEY, and are the same for all instances', () => {
    const keysOf = open({ SECRET_KEY: NEW });
    expect(keysOf('cursor')).toEqual(open({ SECRET_KEY: NEW, DATABASE_URL: 'postgres://a:b@c/d' })('cursor'));
    const all = [keysOf('cursor'), keysOf('session'), open({ SECRET_KEY: OLD })('cursor')].flat();
    expect(new Set([...all, NEW, OLD]).size).toBe(5);
  });

  it('verify with those of SECRET_KEY_PREVIOUS too, and sign with the current one', () => {
    const rotated = open({ SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD })('cursor');
    expect(rotated).toEqual([...open({ SECRET_KEY: NEW })('cursor'), ...open({ SECRET_KEY: OLD })('cursor')]);
  });

  it('are refused when SECRET_KEY is shorter than 32 characters', () => {
    for (const name of ['SECRET_KEY', 'SECRET_KEY_PREVIOUS'])
      expect(() => readConfig({ [name]: 'x'.repeat(31) })).toThrow(`${name}: must have at least 32 characters`);
  });
});

describe('the key in the data folder', () => {
  it('is random, created once and readable by this account only, also with DATABASE_URL', () => {
    const DATA_DIR = join(aFolder(), 'data');
    const first = open({ DATA_DIR, DATABASE_URL: 'postgres://a:b@c/d' })('cursor');
    expect(open({ DATA_DIR })('cursor')).toEqual(first);
    expect(open({ DATA_DIR: aFolder() })('cursor')).not.toEqual(first);
    expect(statSync(secretKeyFile(DATA_DIR)).mode & 0o777).toBe(0o600);
  });

  it('is never written into the draft of another start', () => {
    const DATA_DIR = aFolder();
    const theirs = join(DATA_DIR, 'theirs');
    writeFileSync(theirs, OLD);
    linkSync(theirs, `${secretKeyFile(DATA_DIR)}.draft-${process.pid}`);
    open({ DATA_DIR });
    expect(readFileSync(theirs, 'utf8')).toBe(OLD);
  });

  it('can become SECRET_KEY without ending a session', () => {
    const DATA_DIR = aFolder();
    const keys = open({ DATA_DIR })('session');
    expect(open({ SECRET_KEY: readFileSync(secretKeyFile(DATA_DIR), 'utf8') })('session')).toEqual(keys);
  });

  it('stops the start when it is damaged or cannot be written', () => {
    const DATA_DIR = aFolder();
    writeFileSync(secretKeyFile(DATA_DIR), 'short');
    expect(() => open({ DATA_DIR })).toThrow('is damaged');
    const file = join(DATA_DIR, 'file');
    writeFileSync(file, '');
    expect(() => open({ DATA_DIR: file })).toThrow(/^SECRET_KEY: not set, and .* cannot be used/);
  });
});
