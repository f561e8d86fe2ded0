import { Prisma } from '@rolecall/prisma/client';
import { IdentityUnavailable } from '../../core/identity-provider.ts';
import { isOutage } from '../../db/sql-error.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { FinalStatus } from '../context.ts';

/** After this many attempts an event is dead until it is replayed. */
const MAX_ATTEMPTS = 8;
const INITIAL_DELAY_S = 5;
/** The instance that stored an event processes it immediately; after this time another instance takes over. */
const TAKEOVER_AFTER_S = 10;

export interface NewRow {
  id: string;
  type: string;
  objectId: string | null;
  payload: { type: string; data: unknown };
  occurredAt: Date | null;
  requestId: string;
  status: FinalStatus | 'received';
}

export interface StoredEvent {
  id: string;
  type: string;
  payload: { type: string; data: unknown };
  requestId: string | null;
}

/** What remains of a payload whose content is removed. */
const ERASED = Prisma.sql`jsonb_build_object('type', type, 'data', jsonb_build_object('id', object_id))`;

type Client = Pick<Tx, '$queryRaw' | '$executeRaw'>;

/** Returns which of the ids are stored already. */
export async function readStoredIds(client: Client, ids: readonly string[]): Promise<Set<string>> {
  const rows = await client.$queryRaw<
    { id: string }[]
  >`SELECT id FROM webhook_event WHERE id = ANY (${[...ids]}::text[])`;
  return new Set(rows.map(({ id }) => id));
}

/** Inserts events in the order of their ids, which rules out deadlocks. Returns the ids of the new ones. */
export async function insertRows(client: Client, rows: readonly NewRow[]): Promise<Set<string>> {
  const input = JSON.stringify(
    rows.map((row) =>
      row.status === 'ignored' && row.type.startsWith('user.') ? { ...row, payload: erased(row) } : row,
    ),
  );
  const inserted = await client.$queryRaw<{ id: string }[]>`
    INSERT INTO webhook_event (id, source, type, status, object_id, payload, attempts, occurred_at, processed_at, request_id, next_attempt_at)
    SELECT id, 'clerk', type, status, "objectId", payload, CASE status WHEN 'received' THEN 0 ELSE 1 END, "occurredAt",
      CASE WHEN status <> 'received' THEN clock_timestamp() END, "requestId",
      CASE WHEN status = 'received' THEN clock_timestamp() + make_interval(secs => ${TAKEOVER_AFTER_S}::int) END
    FROM jsonb_to_recordset(${input}::jsonb) AS input (id text, type text, status text, "objectId" text, payload jsonb,
      "occurredAt" timestamptz, "requestId" text)
    ORDER BY id
    ON CONFLICT (id) DO NOTHING RETURNING id`;
  return new Set(inserted.map(({ id }) => id));
}

/** Locks those of the events that wait, and skips what another transaction is processing. */
export const claimRows = (client: Client, ids: readonly string[]) => client.$queryRaw<StoredEvent[]>`
  SELECT id, type, payload, request_id AS "requestId" FROM webhook_event
  WHERE id = ANY (${[...ids]}::text[]) AND status IN ('received', 'failed')
  ORDER BY received_at, id FOR UPDATE SKIP LOCKED`;

/** Finds events that are due and not being processed, longest overdue first. */
export const dueRows = (client: Client, limit: number) => client.$queryRaw<{ id: string; type: string }[]>`
  SELECT id, type FROM webhook_event WHERE status IN ('received', 'failed') AND next_attempt_at <= clock_timestamp()
  ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

/**
 * Stores the final status. The content of stale user events is removed, since the user may have been erased since, and so is that
 * of invitations.
 */
export async function markProcessed(client: Client, ids: readonly string[], status: FinalStatus): Promise<void> {
  if (ids.length === 0) return;
  await client.$executeRaw`
  UPDATE webhook_event
  SET status = ${status}, attempts = attempts + 1, last_error = NULL, processed_at = clock_timestamp(), next_attempt_at = NULL,
    payload = CASE WHEN (${status} = 'ignored' AND type LIKE 'user.%') OR type LIKE 'organizationInvitation.%'
      THEN ${ERASED} ELSE payload END
  WHERE id = ANY (${[...ids]}::text[])`;
}

/** Stores the error and when the event is retried. A provider or a database that was unavailable costs no attempt. */
export async function markFailed(client: Client, id: string, error: unknown): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(-1000);
  const isProviderDown = error instanceof IdentityUnavailable && error.isTemporary;
  if (isProviderDown || isOutage(error)) {
    const asked = isProviderDown ? (error.retryAfterMs ?? 0) / 1000 : 0;
    const wait = Math.max(INITIAL_DELAY_S, Math.min(asked, 3600));
    await client.$executeRaw`
      UPDATE webhook_event
      SET last_error = ${reason}, next_attempt_at = clock_timestamp() + make_interval(secs => ${wait}::float8)
      WHERE id = ${id} AND status IN ('received', 'failed')`;
    return;
  }
  await client.$executeRaw`
    UPDATE webhook_event
    SET status = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS}::int THEN 'dead' ELSE 'failed' END, attempts = attempts + 1,
      last_error = ${reason}, processed_at = clock_timestamp(),
      next_attempt_at = CASE WHEN attempts + 1 < ${MAX_ATTEMPTS}::int
        THEN clock_timestamp() + make_interval(secs => ${INITIAL_DELAY_S}::int * power(3, attempts)) END
    WHERE id = ${id} AND status IN ('received', 'failed')`;
}

const erased = ({ type, objectId }: NewRow) => ({ type, data: objectId === null ? {} : { id: objectId } });
