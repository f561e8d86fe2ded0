/** `pnpm start:clerk-demo`: the product in Clerk mode with a stub of Clerk and demo data, so that no Clerk account is needed. */
import { join } from 'node:path';
import { buildConsole } from './build.ts';
import '../../prisma/generate.mjs';
import { createDemoInstance, DEMO_OWNER, DEMO_USERS, populateDemo } from '../../bff/src/clerk-stub/demo-data.ts';
import { createFrontendApi } from '../../bff/src/clerk-stub/frontend/api.ts';
import { startClerkStub } from '../../bff/src/clerk-stub/server.ts';
import { environmentWith, readConfig } from '../../bff/src/core/config.ts';
import { exitWithError } from '../../bff/src/core/exit-with-error.ts';
import { printLine } from '../../bff/src/core/print-line.ts';
import { resetDatabaseServer } from '../../prisma/embedded/server.ts';

async function start(): Promise<void> {
  const folder = await buildConsole(printLine);
  const { main } = await import('../../bff/src/main.ts');
  const { serveConsole } = await import('../../bff/src/http/console.ts');

  // The stub keeps nothing when it stops, so the database starts empty as well.
  const overrides = { IDENTITY_PROVIDER: 'local', SEED: 'none', DATABASE_URL: undefined };
  const { dataDir, demoPassword } = readConfig(environmentWith(overrides));
  const home = join(dataDir, 'clerk-demo');
  await resetDatabaseServer(home);

  const stub = await startClerkStub({
    instance: createDemoInstance(),
    frontendApi: createFrontendApi,
    hasControlPage: true,
  });
  const environment = environmentWith({
    ...overrides,
    DATA_DIR: home,
    LOG_LEVEL: 'warn',
    CLERK_AUTHORIZED_PARTIES: undefined,
    BOOTSTRAP_OWNER: DEMO_OWNER,
    ...stub.settings(),
  });
  const url = await main({ mount: await serveConsole(folder), environment });
  const sender = stub.addEndpoint({ to: `${url}/api/webhooks/clerk`, concurrency: 1 });
  populateDemo(stub.instance, demoPassword);
  await sender.idle();

  printLine(`\nSign in as (password ${demoPassword}):`);
  for (const { email, label } of DEMO_USERS) printLine(`  ${email.padEnd(24)} ${label}`);
  printLine(`\nControl page of the Clerk stub: ${stub.url}/__stub`);
  printLine('  Change the role of a user there or here, and watch the other side follow.');
  printLine('  Ban or delete a signed-in user, add a user, remove a member: the console shows it within a second.');
  printLine('  Maya belongs to three organizations. Teacher shows as drift, because no role here is mapped to it.');
  printLine('\nPress Ctrl-C to stop.');
}

await start().catch(exitWithError('Rolecall cannot start'));
