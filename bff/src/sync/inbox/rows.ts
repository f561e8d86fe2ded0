import { Prisma } from 'database/client';
import { IdentityUnavailable } from '../../core/identity-provider.ts';
import type { Tx } from '../../db/tenant-tx.ts';
import type { Applied } from '../context.ts';

/** After this many attempts a message is dead until somebody replays it. */
const MAX_ATTEMPTS = 8;
const FIRST_WAIT_S = 5;
/** The instance that kept a message applies it at once; after this long another may think that it has died. */
const LEFT_BEHIND_AFTER_S = 10;

export interface NewRow {
  id: string;
  type: string;
  objectId: string | null;
  payload: { type: string; data: unknown };
  occurredAt: Date | null;
  requestId: string;
  status: Applied | 'received';
}

export interface WaitingRow {
  id: string;
  type: string;
  payload: { type: string; data: unknown };
  requestId: string | null;
}

/** What is left of a payload that is not kept. */
const BARE = Prisma.sql`jsonb_build_object('type', type, 'data', jsonb_build_object('id', object_id))`;

type Client = Pick<Tx, '$queryRaw' | '$executeRaw'>;

/** Keeps messages, in the order of their ids so that nobody waits for each other; answers the ids of those that were new. */
export async function insertRows(client: Client, rows: readonly NewRow[]): Promise<Set<string>> {
  const given = JSON.stringify(
    rows.map((row) =>
      row.status === 'ignored' && row.type.startsWith('user.') ? { ...row, payload: bare(row) } : row,
    ),
  );
  const kept = await client.$queryRaw<{ id: string }[]>`
    INSERT INTO webhook_event (id, source, type, status, object_id, payload, attempts, occurred_at, processed_at, request_id, next_attempt_at)
    SELECT id, 'clerk', type, status, "objectId", payload, CASE status WHEN 'received' THEN 0 ELSE 1 END, "occurredAt",
      CASE WHEN status <> 'received' THEN clock_timestamp() END, "requestId",
      CASE WHEN status = 'received' THEN clock_timestamp() + make_interval(secs => ${LEFT_BEHIND_AFTER_S}::int) END
    FROM jsonb_to_recordset(${given}::jsonb) AS given (id text, type text, status text, "objectId" text, payload jsonb,
      "occurredAt" timestamptz, "requestId" text)
    ORDER BY id
    ON CONFLICT (id) DO NOTHING RETURNING id`;
  return new Set(kept.map(({ id }) => id));
}

/** Corrects rows of this transaction that were kept as applied and were not. */
export async function correctRows(
  client: Client,
  ids: readonly string[],
  status: 'ignored' | 'received',
): Promise<void> {
  if (ids.length === 0) return;
  const isWaiting = status === 'received';
  await client.$executeRaw`
    UPDATE webhook_event
    SET status = ${status}, attempts = CASE WHEN ${isWaiting} THEN 0 ELSE attempts END,
      processed_at = CASE WHEN NOT ${isWaiting} THEN processed_at END,
      next_attempt_at = CASE WHEN ${isWaiting} THEN clock_timestamp() + make_interval(secs => ${LEFT_BEHIND_AFTER_S}::int) END,
      payload = CASE WHEN ${isWaiting} THEN payload ELSE ${BARE} END
    WHERE id = ANY (${[...ids]}::text[])`;
}

/** Takes those that wait. Whoever holds a row is applying it at this moment: then it is nobody else's to do. */
export const takeRows = (client: Client, ids: readonly string[]) => client.$queryRaw<WaitingRow[]>`
  SELECT id, type, payload, request_id AS "requestId" FROM webhook_event
  WHERE id = ANY (${[...ids]}::text[]) AND status IN ('received', 'failed')
  ORDER BY received_at, id FOR UPDATE SKIP LOCKED`;

/** What is to be tried (again) by now and nobody is at work on, longest overdue first. */
export const dueRows = (client: Client, limit: number) => client.$queryRaw<{ id: string; type: string }[]>`
  SELECT id, type FROM webhook_event WHERE status IN ('received', 'failed') AND next_attempt_at <= clock_timestamp()
  ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

/** A word that came too late is not kept, it may be about somebody who was erased; nor is whom an invitation was for. */
export const markDone = (client: Client, ids: readonly string[], result: Applied) => client.$executeRaw`
  UPDATE webhook_event
  SET status = ${result}, attempts = attempts + 1, last_error = NULL, processed_at = clock_timestamp(), next_attempt_at = NULL,
    payload = CASE WHEN (${result} = 'ignored' AND type LIKE 'user.%') OR type LIKE 'organizationInvitation.%'
      THEN ${BARE} ELSE payload END
  WHERE id = ANY (${[...ids]}::text[])`;

/** Notes why it could not be applied and when it is tried again. A provider that is away costs no attempt. */
export async function markFailed(client: Client, id: string, error: unknown): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(-1000);
  if (error instanceof IdentityUnavailable && error.isTemporary) {
    const wait = Math.max(FIRST_WAIT_S, Math.min((error.retryAfterMs ?? 0) / 1000, 3600));
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
        THEN clock_timestamp() + make_interval(secs => ${FIRST_WAIT_S}::int * power(3, attempts)) END
    WHERE id = ${id} AND status IN ('received', 'failed')`;
}

const bare = ({ type, objectId }: NewRow) => ({ type, data: objectId === null ? {} : { id: objectId } });
