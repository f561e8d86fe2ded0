import { Prisma } from '@rolecall/prisma/client';
import { allOf, oneOf, type Read, type ReadRequest } from '../../http/read.ts';
import type { SyncHealth } from './schema.ts';

const WINDOWS = {
  '24h': { seconds: 86_400, bucketSeconds: 900 },
  '7d': { seconds: 7 * 86_400, bucketSeconds: 7200 },
} as const;

type Totals = Pick<SyncHealth, 'waiting' | 'failed' | 'dead' | 'oldestWaiting' | 'lastEvent'>;

/** Reads the health of the inbox; each part is one statement over an index. */
export function readSyncHealth({
  services: { identity },
  query: { window },
}: ReadRequest<unknown, { window: SyncHealth['window'] }>): Read<SyncHealth> {
  const { seconds, bucketSeconds } = WINDOWS[window];
  return {
    login: 'platform',
    statements: [
      Prisma.sql`
      WITH edge AS (SELECT date_bin(make_interval(secs => ${bucketSeconds}::int), clock_timestamp(), 'epoch') AS last),
      bucket AS (
        SELECT generate_series(last - make_interval(secs => ${seconds - bucketSeconds}::int), last,
          make_interval(secs => ${bucketSeconds}::int)) AS "from" FROM edge
      )
      SELECT bucket."from",
        count(*) FILTER (WHERE status = 'applied')::int AS applied, count(*) FILTER (WHERE status = 'ignored')::int AS ignored,
        count(*) FILTER (WHERE status IN ('received', 'failed'))::int AS waiting, count(*) FILTER (WHERE status = 'dead')::int AS dead
      FROM bucket LEFT JOIN webhook_event event
        ON event.received_at >= (SELECT min("from") FROM bucket)
        AND date_bin(make_interval(secs => ${bucketSeconds}::int), event.received_at, 'epoch') = bucket."from"
      GROUP BY bucket."from" ORDER BY bucket."from"`,
      Prisma.sql`
      SELECT type, count(*)::int AS count FROM webhook_event
      WHERE received_at >= clock_timestamp() - make_interval(secs => ${seconds}::int)
      GROUP BY type ORDER BY count DESC, type LIMIT 30`,
      Prisma.sql`
      WITH lag AS (
        SELECT greatest(0, extract(epoch FROM processed_at - received_at) * 1000)::float8 AS ms FROM webhook_event
        WHERE received_at >= clock_timestamp() - make_interval(secs => ${seconds}::int) AND status = 'applied'
      )
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS "p50Ms", percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS "p95Ms"
      FROM lag`,
      Prisma.sql`
      SELECT
        (SELECT count(*)::int FROM webhook_event WHERE status IN ('received', 'failed')) AS waiting,
        (SELECT count(*)::int FROM webhook_event WHERE status = 'failed' AND status <> 'applied') AS failed,
        (SELECT count(*)::int FROM webhook_event WHERE status = 'dead' AND status <> 'applied') AS dead,
        (SELECT jsonb_build_object('id', id, 'type', type, 'receivedAt', received_at AT TIME ZONE 'UTC' || 'Z')
          FROM webhook_event WHERE status IN ('received', 'failed') ORDER BY received_at LIMIT 1) AS "oldestWaiting",
        (SELECT jsonb_build_object('id', id, 'type', type, 'receivedAt', received_at AT TIME ZONE 'UTC' || 'Z')
          FROM webhook_event ORDER BY received_at DESC, id DESC LIMIT 1) AS "lastEvent"`,
    ],
    answer([buckets, types, lag, totals]) {
      const { oldestWaiting, lastEvent, ...counts } = oneOf<Totals>(totals);
      return {
        provider: identity.name,
        hasDirectory: identity.directory !== null,
        window,
        bucketSeconds,
        buckets: allOf(buckets),
        types: allOf(types),
        lag: oneOf(lag),
        ...counts,
        oldestWaiting: latest(oldestWaiting),
        lastEvent: latest(lastEvent),
      };
    },
  };
}

const latest = (event: Totals['lastEvent']): Totals['lastEvent'] =>
  event && { ...event, receivedAt: new Date(event.receivedAt).toISOString() };
