import type { Row } from 'bff/contract';
import { useI18n } from '../../../i18n/i18n.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { UserChip } from '../../../ui/chips/user-chip.tsx';
import { When } from '../../../ui/chips/when.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterSelect } from '../../../ui/list/filters.tsx';
import { SyncFrame } from '../frame.tsx';
import { useHasDirectory, useLastRun } from '../use-sync.ts';
import { runMode, runStatus } from './labels.ts';
import { RunProgress } from './progress.tsx';
import { RunResult } from './result.tsx';
import { StartRun } from './start.tsx';

const STATUSES = ['running', 'done', 'failed', 'cancelled'] as const;
const KINDS = ['reconcile', 'backfill'] as const;

export default function SyncRuns() {
  return (
    <SyncFrame tab="runs" primary={<StartRun />}>
      <RunList />
    </SyncFrame>
  );
}

function RunList() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const enabled = useHasDirectory() === true;
  const state = useListState({ filters: ['status', 'kind'], sort: '-startedAt' });
  const runs = useRows<'sync-runs'>('sync-runs', { state, enabled });
  const last = useLastRun(enabled).run;
  const columns: Column<Row<'sync-runs'>>[] = [
    {
      title: t('sync.run'),
      width: '30%',
      render: (run) => (
        <>
          {t(`sync.run_kind_${run.kind}`)}
          <span className="sync-second">{t(runMode(run))}</span>
        </>
      ),
    },
    {
      title: t('status.label'),
      width: '110px',
      render: ({ status }) => <StatusDot tone={runStatus[status].tone}>{t(runStatus[status].label)}</StatusDot>,
    },
    { title: t('sync.run_found'), render: (run) => <RunResult run={run} /> },
    {
      title: t('sync.run_started_by'),
      width: '22%',
      narrow: 'hide',
      render: ({ startedBy }) =>
        startedBy ? (
          <UserChip user={startedBy} size="small" nameOnly />
        ) : (
          <span className="muted">{t('sync.run_started_automatically')}</span>
        ),
    },
    {
      title: t('sync.run_started'),
      sort: 'startedAt',
      width: '120px',
      align: 'end',
      render: ({ startedAt }) => <When at={startedAt} />,
    },
  ];
  return (
    <>
      {last?.status === 'running' ? <RunProgress run={last} /> : null}
      <DataList
        label={t('sync.tab_runs')}
        columns={columns}
        rows={runs}
        state={state}
        count="sync.runs_count"
        rowTo={({ id }) => scope.to(`sync/runs/${id}`)}
        empty={{ title: t('sync.runs_empty'), text: t('sync.runs_empty_text') }}
        filters={
          <>
            <FilterSelect
              state={state}
              name="status"
              label={t('status.label')}
              options={STATUSES.map((value) => ({ value, label: t(runStatus[value].label) }))}
            />
            <FilterSelect
              state={state}
              name="kind"
              label={t('sync.run_kind')}
              options={KINDS.map((value) => ({ value, label: t(`sync.run_kind_${value}`) }))}
            />
          </>
        }
      />
    </>
  );
}
