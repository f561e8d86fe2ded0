import type { Hono } from 'hono';
import { listOf } from '../../core/schema.ts';
import type { AppEnv } from '../../http/env.ts';
import { platformOnly, route } from '../../http/route.ts';
import { cancelSyncRun, ignoreDrift, repairDrift, resumeSyncRun, startSyncRun } from './changes.ts';
import { listDrift, listSyncRuns, readSyncRun } from './queries.ts';
import {
  SyncDrift,
  SyncDriftIgnore,
  SyncDriftListQuery,
  SyncDriftRepair,
  SyncRun,
  SyncRunCreate,
  SyncRunListQuery,
  SyncRunParams,
} from './schema.ts';

const ALL = '/api/admin/sync-runs';
const ONE = `${ALL}/:runId`;
const [READ, RUN] = [platformOnly('sync:read'), platformOnly('sync:run')];

export function syncRunRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: ALL,
    operation: 'sync-run.list',
    summary: 'List sync runs',
    access: READ,
    query: SyncRunListQuery,
    success: 'ok',
    response: listOf(SyncRun),
    read: listSyncRuns,
  });
  route(app, {
    method: 'post',
    path: ALL,
    operation: 'sync-run.create',
    summary: 'Start a backfill or a reconciliation',
    access: RUN,
    body: SyncRunCreate,
    success: 'created',
    response: SyncRun,
    handle: ({ context, body }) => startSyncRun(context, body),
  });
  route(app, {
    method: 'get',
    path: ONE,
    operation: 'sync-run.read',
    summary: 'Get a sync run',
    access: READ,
    params: SyncRunParams,
    success: 'ok',
    response: SyncRun,
    read: readSyncRun,
  });
  route(app, {
    method: 'post',
    path: `${ONE}/cancel`,
    operation: 'sync-run.cancel',
    summary: 'Cancel a sync run',
    access: RUN,
    params: SyncRunParams,
    success: 'ok',
    response: SyncRun,
    handle: ({ context, params }) => cancelSyncRun(context, params.runId),
  });
  route(app, {
    method: 'post',
    path: `${ONE}/resume`,
    operation: 'sync-run.resume',
    summary: 'Resume the latest run',
    access: RUN,
    params: SyncRunParams,
    success: 'ok',
    response: SyncRun,
    handle: ({ context, params }) => resumeSyncRun(context, params.runId),
  });
  driftRoutes(app);
}

function driftRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: `${ONE}/drift`,
    operation: 'sync-drift.list',
    summary: 'List the drift items of a run',
    access: READ,
    params: SyncRunParams,
    query: SyncDriftListQuery,
    success: 'ok',
    response: listOf(SyncDrift),
    read: listDrift,
  });
  route(app, {
    method: 'post',
    path: `${ONE}/drift/repair`,
    operation: 'sync-drift.repair',
    summary: 'Repair drift items; only roles can be pushed to the provider',
    access: RUN,
    params: SyncRunParams,
    body: SyncDriftRepair,
    success: 'ok',
    response: SyncRun,
    handle: ({ context, params, body }) => repairDrift(context, params.runId, body),
  });
  route(app, {
    method: 'post',
    path: `${ONE}/drift/ignore`,
    operation: 'sync-drift.ignore',
    summary: 'Ignore drift items',
    access: RUN,
    params: SyncRunParams,
    body: SyncDriftIgnore,
    success: 'ok',
    response: SyncRun,
    handle: ({ context, params, body }) => ignoreDrift(context, params.runId, body),
  });
}
