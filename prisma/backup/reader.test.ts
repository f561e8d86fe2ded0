import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { sha256 } from './format.ts';
import { BackupReader, verifyBackup } from './reader.ts';
import { openBackup } from './restore.ts';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LONG = `${'x'.repeat(200_000)}\n`;
const ROWS = ['1\t\\\\.\n2\t\\N\n', '', LONG];

function write(bytes: Buffer): string {
  const file = join(folder, 'backup.gz');
  writeFileSync(file, bytes);
  return file;
}

/** The text of a valid backup of three tables, with other values in its header. */
function backup(header: object = {}, rows = ROWS): string {
  const tables = rows.map((_, index) => ({ schema: 'public', name: `thing${index}`, columns: ['id'] }));
  const first = JSON.stringify({ format: 'rolecall-backup', version: 1, migrations: [], tables, ...header });
  const digests = ROWS.map((text) => ({ rows: text.split('\n').length - 1, sha256: sha256(text) }));
  const trailer = JSON.stringify({ header: sha256(`${first}\n`), tables: digests });
  return `${first}\n${rows.map((text) => `${text}\\.\n`).join('')}${trailer}\n`;
}

const verify = (text: string) => verifyBackup(write(gzipSync(text)));

describe('backup file', () => {
  it('is read back table by table, in whole rows', async () => {
    const reader = new BackupReader(write(gzipSync(backup())));
    await reader.line();
    for (const expected of ROWS) {
      const chunks: Buffer[] = [];
      for await (const chunk of reader.rows()) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe(expected);
      expect(chunks.every((chunk) => chunk.toString().endsWith('\n'))).toBe(true);
    }
  });

  it('is verified', async () => {
    const { trailer } = await verify(backup());
    expect(trailer.tables.map(({ rows }) => rows)).toEqual([2, 0, 1]);
  });
});

describe('refused', () => {
  it('rows that were changed, removed or moved to another table', async () => {
    await expect(verify(backup({}, ['1\t\\\\.\n3\t\\N\n', '', LONG]))).rejects.toThrow('thing0 were changed');
    await expect(verify(backup({}, ['2\t\\N\n', '', LONG]))).rejects.toThrow('thing0 were changed');
    await expect(verify(backup({}, ['', '1\t\\\\.\n2\t\\N\n', LONG]))).rejects.toThrow('thing0 were changed');
  });

  it('a header that was changed', async () => {
    await expect(verify(backup().replace('thing1', 'other1'))).rejects.toThrow('the header was changed');
  });

  it('a file with a changed byte', async () => {
    const bytes = gzipSync(backup());
    const at = bytes.length - 30;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await expect(verifyBackup(write(bytes))).rejects.toThrow('is damaged');
  });

  it('a file that ends early or late', async () => {
    await expect(verifyBackup(write(gzipSync(backup()).subarray(0, -9)))).rejects.toThrow('is damaged');
    await expect(verify(backup().slice(0, 100_000))).rejects.toThrow('is damaged: unexpected end of file');
    await expect(verify(`${backup()}more\n`)).rejects.toThrow('is damaged: the file goes on');
  });

  it.each([
    ['text', Buffer.from('no backup')],
    ['another gzip file', gzipSync('{"format": "something else"}\n')],
    ['nothing', Buffer.alloc(0)],
  ])('a file that is no backup: %s', async (_, bytes) => {
    await expect(verifyBackup(write(bytes))).rejects.toThrow('is not a Rolecall backup');
  });

  it('a file of a later format', async () => {
    await expect(verify(backup({ version: 2 }))).rejects.toThrow('newer version');
  });

  it('a file of other migrations than those of this version', async () => {
    const migrations = [{ name: '20261127000000_baseline', checksum: 'other' }];
    const file = write(gzipSync(backup({ migrations })));
    await expect(openBackup(file)).rejects.toThrow('another version of Rolecall: migration 20261127000000_baseline');
  });

  it('a file that does not exist', async () => {
    await expect(verifyBackup(join(folder, 'absent.gz'))).rejects.toThrow('ENOENT');
  });
});
