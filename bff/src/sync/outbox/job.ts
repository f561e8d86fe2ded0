import type { Services } from '../../core/services.ts';
import { pushesRoles } from '../role-names.ts';
import { pushPending } from './push.ts';

const QUEUE = 'identity-pushes';
const GATHER_MS = 200;
const EVERY_MINUTE = '* * * * *';

/**
 * Tells the provider of roles changed here, one instance at a time: soon after a change, and each minute should that hint be lost.
 * Answers how to stop. Does nothing where roles are not told.
 */
export async function startOutbox({ config, db, identity, log, queue, stopping }: Services): Promise<() => void> {
  const { directory } = identity;
  if (!directory || !pushesRoles(config)) return () => undefined;
  await queue.work(QUEUE, (_, { signal }) =>
    pushPending({ config, db, directory, log }, AbortSignal.any([signal, stopping.signal])),
  );
  await queue.schedule(QUEUE, EVERY_MINUTE);

  let gathering: NodeJS.Timeout | undefined;
  const stop = db.notices.subscribe(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      queue.send(QUEUE, {}).catch((error) => log.warn({ err: error }, 'the outbox waits for its minute'));
    }, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(gathering);
  };
}
