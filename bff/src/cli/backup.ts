/** `pnpm backup [file]`: writes all data of DATABASE_URL, or of the embedded database, to one file while the server runs. */
import { join, resolve } from 'node:path';
import { writeBackup } from '@rolecall/prisma/backup';
import { withSuperuserUrl } from '@rolecall/prisma/superuser';
import { readConfig } from '../core/config.ts';
import { printLine } from '../core/print-line.ts';
import { directUrl } from '../db/connect/address.ts';

async function backup(): Promise<void> {
  const config = readConfig();
  const { dataDir } = config;
  const url = directUrl(config);
  const file = resolve(process.argv[2] ?? join(dataDir, 'backups', `rolecall-${timestamp()}.gz`));
  const write = (url: string) => writeBackup(url, file);
  const rows = await (url ? write(url) : withSuperuserUrl(dataDir, write));
  printLine(`Wrote ${rows} rows to ${file}`);
  printLine('The file contains password hashes and personal data: keep it where only administrators can read it.');
}

const timestamp = () => new Date().toISOString().replaceAll(':', '-').slice(0, 19);

await backup().catch((error: Error) => {
  process.stderr.write(`The backup failed: ${error.message}\n`);
  process.exit(1);
});
