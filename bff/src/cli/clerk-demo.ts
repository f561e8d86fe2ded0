/** `pnpm start:clerk-demo`: the product in Clerk mode, beside a stand-in for Clerk with a small world, so that no account is needed. */
import { join } from 'node:path';
import { buildConsole } from '../../../web/build.ts';
import 'database/generate';
import { resetDatabaseServer } from 'database/server';
import { createDemoInstance, DEMO_OWNER, DEMO_PEOPLE, populate } from '../clerk-stub/demo-data.ts';
import { createFrontendApi } from '../clerk-stub/frontend/api.ts';
import { startClerkStub } from '../clerk-stub/server.ts';
import { environmentWith, readConfig } from '../core/config.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function start(): Promise<void> {
  const folder = await buildConsole(say);
  const { main } = await import('../main.ts');
  const { serveConsole } = await import('../http/console.ts');

  // The stand-in forgets everything when it ends, so our copy begins anew with it.
  const ours = { IDENTITY_PROVIDER: 'local', SEED: 'none', DATABASE_URL: undefined };
  const { dataDir, demoPassword } = readConfig(environmentWith(ours));
  const home = join(dataDir, 'clerk-demo');
  await resetDatabaseServer(home);

  const stub = await startClerkStub({
    instance: createDemoInstance(),
    frontendApi: createFrontendApi,
    hasControlPage: true,
  });
  const environment = environmentWith({
    ...ours,
    DATA_DIR: home,
    LOG_LEVEL: 'warn',
    CLERK_AUTHORIZED_PARTIES: undefined,
    BOOTSTRAP_OWNER: DEMO_OWNER,
    ...stub.settings(),
  });
  const url = await main({ mount: await serveConsole(folder), environment });
  const sender = stub.addEndpoint({ to: `${url}/api/webhooks/clerk`, concurrency: 1 });
  populate(stub.instance, demoPassword);
  await sender.idle();

  say(`\nSign in as (password ${demoPassword}):`);
  for (const { email, label } of DEMO_PEOPLE) say(`  ${email.padEnd(24)} ${label}`);
  say(`\nPlay Clerk's dashboard: ${stub.url}/__stub`);
  say('  Give somebody another role there and see it here; give one here and see it there.');
  say('  Ban or delete somebody who is signed in, add a person, remove a member: it shows within a second.');
  say(
    '  Maya belongs to three organizations: switch between them. A Teacher shows as drift, for no role here answers to it.',
  );
  say('\nCtrl-C ends it.');
}

await start().catch((error: Error) => {
  process.stderr.write(`Rolecall cannot start: ${error.message}\n`);
  process.exit(1);
});
