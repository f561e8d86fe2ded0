import '../sync.css';
import type { SyncRun } from 'bff/contract';
import { shortTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { Status } from '../../../ui/chips/status-dot.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';
import { Details, Loaded, RecordPage } from '../../../ui/page/record-page.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { duration } from '../duration.ts';
import { NumberTable } from '../number-table.tsx';
import { SyncSubject } from '../subject.tsx';
import { useLastRun, useRun } from '../use-sync.ts';
import { DriftList } from './drift-list.tsx';
import { KINDS, runMode, runStatus, TYPES } from './labels.ts';
import { RunProgress, RunResult } from './progress.tsx';

export default function SyncRunPage() {
  return <Loaded found={useRun()}>{(run) => <Detail run={run} />}</Loaded>;
}

/** A sync run: what came of it in one line, its counts and the drift. */
function Detail({ run }: { run: SyncRun }) {
  const isStopped = run.status === 'failed' || run.status === 'cancelled';
  return (
    <RecordPage
      title={t(`sync.run_kind_${run.kind}`)}
      crumb={shortTime(run.startedAt)}
      lead={<Outcome run={run} />}
      {...(isStopped ? { primary: <ResumeRun run={run} /> } : {})}
      details={<RunDetails run={run} />}
    >
      {run.status === 'running' ? <RunProgress run={run} isOwnPage /> : null}
      {run.status === 'failed' && run.error ? <Note tone="bad">{run.error}</Note> : null}
      <RunCounts run={run} />
      <DriftList run={run} />
    </RecordPage>
  );
}

/** "1,240 records checked in 2 min. 12 differences, 3 open" */
function Outcome({ run }: { run: SyncRun }) {
  const { counts, startedAt, finishedAt, status } = run;
  if (status === 'running') return t('sync.status_running');
  const count = TYPES.reduce((sum, type) => sum + counts[type].checked, 0);
  const time = finishedAt ? duration(Date.parse(finishedAt) - Date.parse(startedAt)) : '–';
  return (
    <>
      {t('sync.run_outcome', { count, time })} <RunResult run={run} />
    </>
  );
}

function RunDetails({ run }: { run: SyncRun }) {
  const { startedBy, startedAt, finishedAt } = run;
  return (
    <Details
      rows={{
        [t('status.label')]: <Status {...runStatus[run.status]} />,
        [t('sync.run_mode')]: t(runMode(run)),
        [t('sync.run_started')]: <When at={startedAt} />,
        [t('sync.run_ended')]: finishedAt && <When at={finishedAt} />,
        [t('sync.run_started_by')]: startedBy ? <SyncSubject user={startedBy} /> : t('sync.run_started_automatically'),
      }}
    />
  );
}

const ALWAYS = ['checked', 'missing', 'extra', 'different', 'role'];
const COUNTS = ['checked', ...KINDS, 'repaired', 'queued'] as const;

/** The counts of a run, a column per type of object; what never occurred is left out. */
function RunCounts({ run: { counts } }: { run: SyncRun }) {
  const shown = COUNTS.filter((row) => ALWAYS.includes(row) || TYPES.some((type) => counts[type][row] > 0));
  return (
    <Section title={t('sync.counts')}>
      <NumberTable
        head={[t('sync.drift_kind'), ...TYPES.map((type) => t(`sync.count_${type}`))]}
        rows={shown.map((row) => ({
          key: row,
          label: t(`sync.count_${row}`),
          numbers: TYPES.map((type) => counts[type][row]),
        }))}
      />
    </Section>
  );
}

/** Only the latest run can be resumed: the state of an older one is stale. */
function ResumeRun({ run }: { run: SyncRun }) {
  const { send, busy } = useChange();
  const last = useLastRun();
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
