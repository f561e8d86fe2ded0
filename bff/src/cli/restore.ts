/** `pnpm restore [--verify] <file>`: restores a backup into an empty DATABASE_URL or a new embedded database, or only verifies it. */
import { parseArgs } from 'node:util';
import { openBackup, restoreBackup } from '@rolecall/prisma/restore';
import { readConfig } from '../core/config.ts';
import { printLine } from '../core/print-line.ts';
import { installQueue } from '../db/install-queue.ts';
import { startDatabase } from '../prepare-database.ts';

async function restore(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { verify: { type: 'boolean' } }, allowPositionals: true });
  const [file] = positionals;
  if (!file) throw new Error('name the file: pnpm restore <file>');
  const manifest = await openBackup(file);
  const rows = manifest.trailer.tables.reduce((sum, table) => sum + table.rows, 0);
  printLine(`Verified: ${rows} rows in ${manifest.tables.length} tables, of ${manifest.createdAt}`);
  if (values.verify) return;

  const config = readConfig();
  const database = await startDatabase(config, printLine);
  try {
    printLine('Restoring');
    await restoreBackup(database.ownerUrl, file, manifest, config.loginPrefix);
    await installQueue(database.ownerUrl, { loginPrefix: config.loginPrefix, jobs: manifest.jobs });
  } finally {
    await database.stop();
  }
  printLine('Restored');
}

await restore().catch((error: Error) => {
  process.stderr.write(`The restore failed: ${error.message}\n`);
  process.exit(1);
});
