import type { Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import type { Inbox } from '../../core/services.ts';
import { groupWork } from './batch.ts';
import type { InboxDeps as ApplyDeps } from './process.ts';
import { type Incoming, keepGroup, type Receipt } from './store.ts';
import { readWebhook } from './verify.ts';
import { createWorker } from './worker.ts';

interface InboxDeps extends ApplyDeps {
  config: ApplyDeps['config'] & Pick<Config, 'clerk'>;
}

const GROUP = { size: 200, atOnce: 1 };
/**
 * Bodies held at once; beyond it the sender is asked to come again, so that a storm costs no memory. What was only announced does
 * not count: anybody may announce, and keep everybody else out.
 */
const MAX_HELD_BYTES = 64_000_000;
const COME_AGAIN_S = 5;

/** The provider's messages: verified, kept before they are acknowledged, and applied. One for each process. */
export function createInbox(deps: InboxDeps): Inbox {
  const worker = createWorker(deps);
  const keep = groupWork<Incoming, Receipt>((group) => keepGroup(deps, group), GROUP);
  let heldBytes = 0;

  return {
    async receive(request, origin) {
      let own = 0;
      const hold = (bytes: number) => {
        if (heldBytes + bytes > MAX_HELD_BYTES) throw new AppError('rate_limited', { retryAfterSeconds: COME_AGAIN_S });
        heldBytes += bytes;
        own += bytes;
      };
      try {
        const { id, event } = await readWebhook(deps.config.clerk.webhookSecret, request, hold);
        const receipt = await keep({ id, event, origin });
        if (receipt === 'stored') worker.wake([{ id, type: event.type }]);
        return receipt;
      } finally {
        heldBytes -= own;
      }
    },
    sweep: worker.sweep,
    idle: worker.idle,
    close: worker.close,
  };
}
