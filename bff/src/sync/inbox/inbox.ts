import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import { addressKey } from '../../core/limits/keys.ts';
import type { Inbox } from '../../core/services.ts';
import { createBatcher } from './batch.ts';
import { createHeldBodies } from './held-bodies.ts';
import type { ProcessDeps } from './process.ts';
import { type Incoming, type Receipt, storeBatch } from './store.ts';
import { assertWellSigned, readWebhook } from './verify.ts';
import { createWorker } from './worker.ts';

interface InboxDeps extends ProcessDeps {
  config: ProcessDeps['config'] & Pick<Config, 'clerk'>;
}

const BATCHES = { size: 200, concurrency: 1 };

/** Receives the provider's webhooks: verified, stored before they are acknowledged, and processed. One per process. */
export function createInbox(deps: InboxDeps): Inbox {
  const worker = createWorker(deps);
  const store = createBatcher<Incoming, Receipt>((batch) => storeBatch(deps, batch), BATCHES);
  const bodies = createHeldBodies();

  return {
    async receive(request, origin) {
      const { webhookSecrets: secrets } = deps.config.clerk;
      if (secrets.length === 0) throw new AppError('webhooks_not_configured');
      assertWellSigned(request.headers);
      const body = bodies.hold(addressKey(origin.ip));
      try {
        const { id, event } = await readWebhook(secrets, request, body);
        const receipt = await store({ id, event, origin });
        if (receipt === 'stored') worker.wake([{ id, type: event.type }]);
        return receipt;
      } finally {
        body.release();
      }
    },
    sweep: worker.sweep,
    idle: worker.idle,
    close: worker.close,
  };
}
