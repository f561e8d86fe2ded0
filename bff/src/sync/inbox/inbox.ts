import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import type { Inbox } from '../../core/services.ts';
import { createBatcher } from './batch.ts';
import type { ProcessDeps } from './process.ts';
import { type Incoming, type Receipt, storeBatch } from './store.ts';
import { readWebhook } from './verify.ts';
import { createWorker } from './worker.ts';

interface InboxDeps extends ProcessDeps {
  config: ProcessDeps['config'] & Pick<Config, 'clerk'>;
}

const BATCHES = { size: 200, concurrency: 1 };
/**
 * Bytes of request bodies in memory; beyond it senders are asked to retry, so that a storm costs no memory. Only bytes that have
 * arrived count: a sender who merely announces a body must not lock others out.
 */
const MAX_BUFFERED_BYTES = 64_000_000;
const RETRY_AFTER_S = 5;

/** Receives the provider's webhooks: verified, stored before they are acknowledged, and processed. One per process. */
export function createInbox(deps: InboxDeps): Inbox {
  const worker = createWorker(deps);
  const store = createBatcher<Incoming, Receipt>((batch) => storeBatch(deps, batch), BATCHES);
  let bufferedBytes = 0;

  return {
    async receive(request, origin) {
      let own = 0;
      const reserve = (bytes: number) => {
        if (bufferedBytes + bytes > MAX_BUFFERED_BYTES)
          throw new AppError('rate_limited', { retryAfterSeconds: RETRY_AFTER_S });
        bufferedBytes += bytes;
        own += bytes;
      };
      try {
        const { id, event } = await readWebhook(deps.config.clerk.webhookSecrets, request, reserve);
        const receipt = await store({ id, event, origin });
        if (receipt === 'stored') worker.wake([{ id, type: event.type }]);
        return receipt;
      } finally {
        bufferedBytes -= own;
      }
    },
    sweep: worker.sweep,
    idle: worker.idle,
    close: worker.close,
  };
}
