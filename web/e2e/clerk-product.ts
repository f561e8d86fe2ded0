import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFrontendApi } from '../../bff/src/clerk-stub/frontend/api.ts';
import { startClerkStub } from '../../bff/src/clerk-stub/server.ts';
import { createClerkInstance } from '../../bff/src/clerk-stub/state/instance.ts';
import { startServerProcess } from '../../bff/src/testing/fixtures/server-process.ts';

const GUARD = pathToFileURL(join(import.meta.dirname, 'only-loopback.ts')).href;

/** Starts the whole product in Clerk mode, with a stub of Clerk in this process that delivers webhooks. */
export async function startClerkProduct({ tokenSeconds = 60 } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolecall-clerk-'));
  const instance = createClerkInstance({ imageUrlOf: () => '' });
  const stub = await startClerkStub({ instance, frontendApi: (of) => createFrontendApi(of, { tokenSeconds }) });
  const server = await startServerProcess({
    ...stub.settings(),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    BOOTSTRAP_OWNER: 'ines@rolecall.test',
    NODE_OPTIONS: `--import ${GUARD}`,
  });
  const webhooks = stub.addEndpoint({ to: `${server.url}/api/webhooks/clerk`, concurrency: 1 });
  return {
    url: server.url,
    instance,
    webhooks,
    output: server.output,
    stop: async () => {
      await stub.close();
      await server.kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
