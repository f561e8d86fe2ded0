import pg from 'pg';
import type { NoticeChannel, Notices } from '../core/services.ts';

const CHANNELS = ['access_changed', 'tenant_changed'] satisfies NoticeChannel[];
const RECONNECT_AFTER_MS = 2_000;

/** Opens one connection for the whole process with the first subscription. `onError` is called when it is lost. */
export function openNotices(connectionString: string, onError: (error: Error) => void): Notices {
  const listeners: Record<NoticeChannel, Set<(payload: string) => void>> = {
    access_changed: new Set(),
    tenant_changed: new Set(),
  };
  let connection: Promise<pg.Client | undefined> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function connect(): Promise<pg.Client | undefined> {
    const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 2_000 });
    client.on('notification', ({ channel, payload }) => {
      for (const listener of listeners[channel as NoticeChannel]) listener(payload ?? '');
    });
    client.on('error', lost);
    client.on('end', () => lost());
    try {
      await client.connect();
      await client.query(CHANNELS.map((channel) => `LISTEN ${channel}`).join('; '));
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
    subscribe(channel, listener) {
      listeners[channel].add(listener);
      if (!isClosed) connection ??= connect();
      return () => void listeners[channel].delete(listener);
    },
    listenerCount: (channel) => listeners[channel].size,
    async close() {
      isClosed = true;
      clearTimeout(retry);
      const client = await connection;
      await client?.end();
    },
  };
}
