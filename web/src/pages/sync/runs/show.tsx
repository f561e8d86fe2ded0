import '../sync.css';
import { useResourceParams } from '@refinedev/core';
import type { SyncRun } from 'bff/contract';
import type { ReactNode } from 'react';
import { shortTime, wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { UserChip } from '../../../ui/chips/user-chip.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';
import { DetailLayout, Details, Loaded } from '../../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../../ui/page/page-header.tsx';
import { duration } from '../duration.ts';
import { useLastRun, useRun } from '../use-sync.ts';
import { RunCounts } from './counts.tsx';
import { DriftList } from './drift-list.tsx';
import { runMode, runStatus, TYPES } from './labels.ts';
import { RunProgress } from './progress.tsx';
import { RunResult } from './result.tsx';

export default function SyncRunPage() {
  const found = useRun(`${useResourceParams().id}`);
  return (
    <Loaded found={{ result: found.record, query: { error: found.error, refetch: found.retry } }}>
      {(run) => <Detail run={run} />}
    </Loaded>
  );
}

/** A sync run: what came of it in one line, its counts and the drift. */
function Detail({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const isStopped = run.status === 'failed' || run.status === 'cancelled';
  return (
    <DetailLayout
      header={
        <PageHeader
          title={t(`sync.run_kind_${run.kind}`)}
          crumb={shortTime(run.startedAt)}
          lead={<Outcome run={run} />}
          {...(isStopped ? { primary: <ResumeRun run={run} /> } : {})}
        />
      }
      details={<RunDetails run={run} />}
    >
      {run.status === 'running' ? <RunProgress run={run} isOwnPage /> : null}
      {run.status === 'failed' && run.error ? <Note tone="bad">{run.error}</Note> : null}
      <RunCounts run={run} />
      <DriftList run={run} />
    </DetailLayout>
  );
}

/** "1,240 records checked in 2 min. 12 differences, 3 open" */
function Outcome({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const { counts, startedAt, finishedAt, status } = run;
  if (status === 'running') return t('sync.status_running');
  const count = TYPES.reduce((sum, type) => sum + counts[type].checked, 0);
  const time = finishedAt ? duration(Date.parse(finishedAt) - Date.parse(startedAt)) : '–';
  return (
    <>
      {t('sync.run_outcome', { count, n: wholeNumber(count), time })} <RunResult run={run} />
    </>
  );
}

function RunDetails({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { status, startedBy, startedAt, finishedAt } = run;
  const to = startedBy && scope.can('users:read') ? scope.to(`users/${encodeURIComponent(startedBy.id)}`) : undefined;
  const rows: [string, ReactNode][] = [
    [
      t('status.label'),
      <StatusDot key="status" tone={runStatus[status].tone}>
        {t(runStatus[status].label)}
      </StatusDot>,
    ],
    [t('sync.run_mode'), t(runMode(run))],
    [t('sync.run_started'), <When key="started" at={startedAt} />],
    ...(finishedAt ? ([[t('sync.run_ended'), <When key="ended" at={finishedAt} />]] as [string, ReactNode][]) : []),
    [
      t('sync.run_started_by'),
      startedBy ? (
        <UserChip key="by" user={startedBy} to={to} size="small" nameOnly />
      ) : (
        t('sync.run_started_automatically')
      ),
    ],
  ];
  return <Details rows={rows} />;
}

/** Only the latest run can be resumed: the state of an older one is stale. */
function ResumeRun({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const { send, busy } = useChange();
  const last = useLastRun().run;
  return (
    <PermissionButton
      permission="sync:run"
      type="primary"
      loading={busy}
      blocked={last && last.id !== run.id ? t('sync.run_not_latest') : undefined}
      onClick={() => send({ method: 'post', path: `sync-runs/${run.id}/resume`, done: t('sync.run_resumed') })}
    >
      {t('sync.run_resume')}
    </PermissionButton>
  );
}
