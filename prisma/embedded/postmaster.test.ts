import { scrypt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startPostmaster } from './postmaster.ts';

it('notices a PostgreSQL that ends as soon as it begins, even when files are slow', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-postmaster-'));
  let isOver = false;
  // Files share these threads: closing one takes longer than the life of the process.
  const busy = Array.from({ length: 6 }, async () => {
    while (!isOver) await promisify(scrypt)('password', 'salt', 64);
  });
  onTestFinished(async () => {
    isOver = true;
    await Promise.all(busy);
    await rm(folder, { recursive: true });
  });
  const cluster = {
    runAs: { prefix: [] },
    binaries: { postgres: '/bin/false', initdb: '' },
    folder,
    logFile: join(folder, 'log'),
  };
  await expect(startPostmaster(cluster, 1)).rejects.toThrow('PostgreSQL did not start');
});
