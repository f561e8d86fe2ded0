// Plain JavaScript: after an installation this may run under the machine's own Node, which may not run TypeScript.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const hashFile = join(here, 'generated', '.schema-hash');
const require = createRequire(import.meta.url);
const prisma = require('prisma/package.json');

const schema = join(here, 'schema');
const sources = readdirSync(schema)
  .sort()
  .map((name) => readFileSync(join(schema, name)));
const hash = createHash('sha256').update(prisma.version).update(Buffer.concat(sources)).digest('hex');

const isCurrent = existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash;
if (!isCurrent) generate();

function generate() {
  const cli = join(dirname(require.resolve('prisma/package.json')), prisma.bin.prisma);
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'generate'], {
    cwd: here,
    encoding: 'utf8',
    env: {
      ...process.env,
      // The command looks for a native engine that it does not need here, and downloads it unless this names a file.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (status !== 0) {
    process.stderr.write(`The database client could not be generated from prisma/schema.\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(hashFile, hash);
}
