import { Prisma } from '@rolecall/prisma/client';
import type { z } from 'zod';
import type { Page } from '../../core/schema.ts';
import type { KeysetList } from '../../db/lists/list.ts';
import { instantFilter, readList, readMappedList } from '../../http/list.ts';
import { existing, oneOf, type Read, type ReadRequest } from '../../http/read.ts';
import { zeroCounts } from '../../sync/reconcile/drift/drift.ts';
import { etaSeconds } from '../../sync/reconcile/format.ts';
import type { Progress } from '../../sync/reconcile/run.ts';
import type { SyncDrift, SyncDriftListQuery, SyncRun, SyncRunListQuery } from './schema.ts';

const RUN = Prisma.sql`
  run.id::text, run.kind, run.mode, run.direction, run.status, run.error, run.waiting_until AS "waitingUntil",
  run.started_at AS "startedAt", run.finished_at AS "finishedAt", run.progress, run.result AS counts,
  (SELECT count(*)::int FROM sync_drift drift WHERE drift.run_id = run.id AND drift.state = 'open') AS "openDrift",
  CASE WHEN starter.id IS NULL THEN NULL ELSE jsonb_build_object(
    'id', starter.id, 'name', starter.name, 'email', starter.email, 'imageUrl', starter.image_url) END AS "startedBy"`;
const RUN_FROM = Prisma.sql`sync_run run LEFT JOIN "user" starter ON starter.id = run.started_by`;

type RunRow = Omit<SyncRun, 'progress' | 'counts'> & {
  progress: Partial<Progress>;
  counts: Partial<SyncRun['counts']> | null;
};

function runOf({ progress, counts, ...run }: RunRow): SyncRun {
  const { phase = 'users', processed = 0, total = null, rate = null } = progress;
  return {
    ...run,
    progress: { phase, processed, total, rate, etaSeconds: run.status === 'running' ? etaSeconds(progress) : null },
    counts: { ...zeroCounts(), ...counts },
  };
}

export function listSyncRuns(request: ReadRequest<unknown, z.output<typeof SyncRunListQuery>>) {
  const { query } = request;
  const list: KeysetList = {
    select: RUN,
    from: RUN_FROM,
    counted: Prisma.sql`sync_run run`,
    where: [
      ...(query.status ? [Prisma.sql`run.status = ${query.status}`] : []),
      ...(query.kind ? [Prisma.sql`run.kind = ${query.kind}`] : []),
      ...instantFilter(Prisma.sql`run.started_at`, query['startedAt[gte]'], query['startedAt[lte]']),
    ],
    id: { sql: Prisma.sql`run.id`, type: 'uuid' },
    sorts: { startedAt: { sql: Prisma.sql`run.started_at`, type: 'timestamptz' } },
    defaultSort: '-startedAt',
  };
  return readMappedList(request, { query, list, login: 'platform', map: runOf });
}

export const readSyncRun = ({ params }: ReadRequest<{ runId: string }>): Read<SyncRun> => ({
  login: 'platform',
  statements: [Prisma.sql`SELECT ${RUN} FROM ${RUN_FROM} WHERE run.id = ${params.runId}::uuid`],
  answer: ([run]) => runOf(oneOf(run)),
});

const DRIFT = Prisma.sql`
  drift.id::text, drift.object_type AS "objectType", drift.object_id AS "objectId", drift.kind, drift.fields, drift.state,
  drift.repair_direction IS NOT NULL AS "isRepairRequested", drift.note, drift.found_at AS "foundAt", drift.repaired_at AS "repairedAt",
  CASE WHEN person.id IS NULL THEN NULL ELSE jsonb_build_object(
    'id', person.id, 'name', person.name, 'email', person.email, 'imageUrl', person.image_url) END AS "user",
  CASE WHEN tenant.id IS NULL THEN NULL ELSE jsonb_build_object(
    'id', tenant.id, 'name', tenant.name, 'slug', tenant.slug) END AS tenant`;
const DRIFT_FROM = Prisma.sql`sync_drift drift
  LEFT JOIN "user" person ON person.id = CASE drift.object_type WHEN 'user' THEN drift.object_id ELSE drift.user_id END
  LEFT JOIN tenant ON tenant.identity_org_id = CASE drift.object_type WHEN 'organization' THEN drift.object_id ELSE drift.organization_id END`;

/** Lists the drift that a run found. */
export function listDrift(
  request: ReadRequest<{ runId: string }, z.output<typeof SyncDriftListQuery>>,
): Read<{ data: SyncDrift[]; page: Page }> {
  const { query } = request;
  const { runId } = request.params;
  const equals = (column: Prisma.Sql, value: string | undefined) => (value ? [Prisma.sql`${column} = ${value}`] : []);
  // Ids are in chronological order.
  const id = { sql: Prisma.sql`drift.id`, type: 'uuid' } as const;
  const list: KeysetList = {
    select: DRIFT,
    from: DRIFT_FROM,
    counted: Prisma.sql`sync_drift drift`,
    where: [
      Prisma.sql`drift.run_id = ${runId}::uuid`,
      ...equals(Prisma.sql`drift.object_type`, query.objectType),
      ...equals(Prisma.sql`drift.kind`, query.kind),
      ...equals(Prisma.sql`drift.state`, query.state),
      ...equals(Prisma.sql`drift.object_id`, query.objectId),
    ],
    id,
    sorts: { foundAt: id },
    defaultSort: 'foundAt',
  };
  const page = readList<SyncDrift>(request, { ...query, runId }, list, 'platform');
  const run = Prisma.sql`SELECT run.id::text FROM sync_run run WHERE run.id = ${runId}::uuid`;
  return existing(run, page);
}
