import type { Services } from '../../core/services.ts';
import { pushesRoles } from '../role-names.ts';
import { pushPending } from './push.ts';

const QUEUE = 'identity-pushes';
const DEBOUNCE_MS = 200;
const EVERY_MINUTE = '* * * * *';

/**
 * Pushes changed roles to the provider, one instance at a time: soon after a change, and every minute in case that notice was lost.
 * Returns a function that stops it. Does nothing where roles are not pushed.
 */
export async function startOutbox({ config, db, identity, log, queue, stopping }: Services): Promise<() => void> {
  const { directory } = identity;
  if (!directory || !pushesRoles(config)) return () => undefined;
  await queue.work(QUEUE, (_, { signal }) =>
    pushPending({ config, db, directory, log }, AbortSignal.any([signal, stopping.signal])),
  );
  await queue.schedule(QUEUE, EVERY_MINUTE);

  let timer: NodeJS.Timeout | undefined;
  const stop = db.notices.subscribe('access_changed', () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      queue
        .send(QUEUE, {})
        .catch((error) => log.warn({ err: error }, 'outbox wake-up failed; next scheduled run in up to 60 s'));
    }, DEBOUNCE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
