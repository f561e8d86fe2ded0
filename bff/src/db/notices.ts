import pg from 'pg';
import type { Notices } from '../core/services.ts';

const CHANNEL = 'access_changed';
const RECONNECT_AFTER_MS = 2_000;

/** Opens one connection for the whole process with the first subscription. `onError` is called when it is lost. */
export function openNotices(connectionString: string, onError: (error: Error) => void): Notices {
  const listeners = new Set<(name: string) => void>();
  let connection: Promise<pg.Client | undefined> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function connect(): Promise<pg.Client | undefined> {
    const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 2_000 });
    client.on('notification', ({ payload }) => {
      for (const listener of listeners) listener(payload ?? '');
    });
    client.on('error', lost);
    client.on('end', () => lost());
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      return client;
    } catch (error) {
      lost(error as Error);
      await client.end().catch(() => undefined);
      return undefined;
    }
  }

  function lost(error?: Error): void {
    if (isClosed || retry) return;
    if (error) onError(error);
    retry = setTimeout(() => {
      retry = undefined;
      connection = connect();
    }, RECONNECT_AFTER_MS);
    retry.unref();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (!isClosed) connection ??= connect();
      return () => void listeners.delete(listener);
    },
    listenerCount: () => listeners.size,
    async close() {
      isClosed = true;
      clearTimeout(retry);
      const client = await connection;
      await client?.end();
    },
  };
}
