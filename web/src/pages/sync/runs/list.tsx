import type { Row } from 'bff/contract';
import { t } from '../../../i18n/i18n.ts';
import { useListPage } from '../../../providers/data/use-list-page.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { lazyDialog } from '../../../ui/feedback/lazy.tsx';
import { DialogButton } from '../../../ui/form/action-button.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { statusColumn, timeColumn } from '../../../ui/list/columns.tsx';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterSelect } from '../../../ui/list/filters.tsx';
import { SyncFrame } from '../frame.tsx';
import { SyncSubject } from '../subject.tsx';
import { useLastRun } from '../use-sync.ts';
import { runMode, runStatus } from './labels.ts';
import { RunProgress, RunResult } from './progress.tsx';

const KINDS = {
  reconcile: { label: 'sync.run_kind_reconcile' },
  backfill: { label: 'sync.run_kind_backfill' },
} as const;

const StartRun = lazyDialog(() => import('./start.tsx'));

/** The URL opens its dialog, so that the health page can link here. */
function StartButton() {
  const scope = useTenantScope();
  const state = useListState({ filters: ['start'] });
  const isRunning = useLastRun()?.status === 'running';
  return (
    <DialogButton
      type="primary"
      permission="sync:run"
      blocked={isRunning ? t('sync.run_another') : undefined}
      label={t('sync.run_start')}
      isOpen={state.filters.start !== undefined && scope.can('sync:run')}
    >
      {(close) => (
        <StartRun
          onClose={() => {
            close();
            state.set({ start: undefined }, { replace: true });
          }}
        />
      )}
    </DialogButton>
  );
}

export default function SyncRuns() {
  const scope = useTenantScope();
  const list = useListPage<'sync-runs'>();
  const last = useLastRun();
  const columns: Column<Row<'sync-runs'>>[] = [
    {
      title: t('sync.run'),
      width: '30%',
      render: (run) => (
        <>
          {t(`sync.run_kind_${run.kind}`)}
          <span className="second">{t(runMode(run))}</span>
        </>
      ),
    },
    statusColumn(t('status.label'), '110px', runStatus),
    { title: t('sync.run_found'), render: (run) => <RunResult run={run} /> },
    {
      title: t('sync.run_started_by'),
      width: '22%',
      narrow: 'hide',
      render: ({ startedBy }) =>
        startedBy ? (
          <SyncSubject user={startedBy} />
        ) : (
          <span className="muted">{t('sync.run_started_automatically')}</span>
        ),
    },
    timeColumn('startedAt', t('sync.run_started')),
  ];
  return (
    <SyncFrame tab="runs" primary={<StartButton />}>
      {last?.status === 'running' ? <RunProgress run={last} /> : null}
      <DataList
        label={t('sync.tab_runs')}
        columns={columns}
        {...list}
        count="sync.runs_count"
        rowTo={({ id }) => scope.to(`sync/runs/${id}`)}
        empty={{ title: t('sync.runs_empty'), text: t('sync.runs_empty_text') }}
        filters={
          <>
            <FilterSelect state={list.state} name="status" label={t('status.label')} options={runStatus} />
            <FilterSelect state={list.state} name="kind" label={t('sync.run_kind')} options={KINDS} />
          </>
        }
      />
    </SyncFrame>
  );
}
