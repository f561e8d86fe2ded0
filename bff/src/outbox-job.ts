import type { Services } from './http/context.ts';
import { tellProvider } from './sync/outbox.ts';
import { rolesGoOut } from './sync/role-names.ts';

const QUEUE = 'identity-pushes';
const GATHER_MS = 200;

/**
 * Tells the provider of roles changed here: soon after a change, when what waits is due, and each minute should both hints be
 * lost. Answers how to stop. Does nothing where roles are not told.
 */
export async function startOutbox({ config, db, identity, log, queue, stopping }: Services): Promise<() => void> {
  const { directory } = identity;
  if (!directory || !rolesGoOut(config)) return () => undefined;
  await queue.work(QUEUE, async (_, { signal }) => {
    const until = AbortSignal.any([signal, stopping.signal]);
    const wait = await tellProvider({ config, db, directory, log }, until);
    if (wait !== null && !until.aborted) await queue.send(QUEUE, {}, { after: Math.ceil(wait / 1000), key: 'later' });
  });
  await queue.schedule(QUEUE, '* * * * *');

  let gathering: NodeJS.Timeout | undefined;
  const stop = db.notices.subscribe(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      queue
        .send(QUEUE, {}, { key: 'now' })
        .catch((error) => log.warn({ err: error }, 'the outbox waits for its minute'));
    }, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(gathering);
  };
}
