import '../sync.css';
import './runs.css';
import { useResourceParams } from '@refinedev/core';
import type { SyncRun } from 'bff/contract';
import type { ReactNode } from 'react';
import { shortTime } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { UserChip } from '../../../ui/chips/user-chip.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { Details, Loaded } from '../../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../../ui/page/page-header.tsx';
import { useRun } from '../use-sync.ts';
import { RunCounts } from './counts.tsx';
import { DriftList } from './drift-list.tsx';
import { runMode, runStatus } from './labels.ts';
import { RunProgress } from './progress.tsx';
import { ResumeRun } from './run-actions.tsx';

export default function SyncRunPage() {
  const found = useRun(`${useResourceParams().id}`);
  return (
    <Loaded found={{ result: found.record, query: { error: found.error, refetch: found.retry } }}>
      {(run) => <Detail run={run} />}
    </Loaded>
  );
}

/** A sync run: progress or result, counts and drift. */
function Detail({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const isStopped = run.status === 'failed' || run.status === 'cancelled';
  return (
    <article className="sync-run">
      <PageHeader
        title={t(`sync.run_kind_${run.kind}`)}
        crumb={shortTime(run.startedAt)}
        lead={t(runMode(run))}
        {...(isStopped ? { primary: <ResumeRun run={run} /> } : {})}
      />
      {run.status === 'running' ? <RunProgress run={run} isOwnPage /> : null}
      {run.status === 'failed' && run.error ? <Note tone="bad">{run.error}</Note> : null}
      <RunDetails run={run} />
      <RunCounts run={run} />
      <DriftList run={run} />
    </article>
  );
}

function RunDetails({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { status, startedBy, startedAt, finishedAt } = run;
  const rows: [string, ReactNode][] = [
    [
      t('status.label'),
      <StatusDot key="status" tone={runStatus[status].tone}>
        {t(runStatus[status].label)}
      </StatusDot>,
    ],
    [t('sync.run_started'), <When key="started" at={startedAt} />],
  ];
  if (finishedAt) rows.push([t('sync.run_ended'), <When key="ended" at={finishedAt} />]);
  const to = startedBy && scope.can('users:read') ? scope.to(`users/${encodeURIComponent(startedBy.id)}`) : undefined;
  rows.push([
    t('sync.run_started_by'),
    startedBy ? (
      <UserChip key="by" user={startedBy} to={to} size="small" nameOnly />
    ) : (
      <span key="by">{t('sync.run_started_automatically')}</span>
    ),
  ]);
  return (
    <div className="run-details">
      <Details rows={rows} />
    </div>
  );
}
