import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startTransactionPooler } from './fixtures/transaction-pooler.ts';
import startDatabase from './global-setup.ts';

/** As global-setup.ts, with a pooler in transaction mode in front of the database. */
export default async function setup(project: TestProject) {
  let ownerUrl = '';
  const stopDatabase = await startDatabase({
    provide: (name: keyof ProvidedContext, value: string) => {
      if (name === 'ownerUrl') ownerUrl = value;
      project.provide(name, value);
    },
  });
  const pooler = await startTransactionPooler(ownerUrl);
  project.provide('poolerUrl', Object.assign(new URL(ownerUrl), { port: pooler.port }).href);
  return async () => {
    await pooler.stop();
    await stopDatabase();
  };
}
