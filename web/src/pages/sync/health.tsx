import { Alert, Segmented } from 'antd';
import type { SyncHealth, SyncRun } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t, wholeNumber } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Loaded } from '../../ui/page/record-page.tsx';
import { Section } from '../../ui/page/section.tsx';
import { duration } from './duration.ts';
import { EventChart } from './event-chart.tsx';
import { SyncFrame } from './frame.tsx';
import { type HealthStatus, healthStatusOf } from './health-status.ts';
import { runMode, runStatus } from './runs/labels.ts';
import { RunProgress, RunResult } from './runs/progress.tsx';
import { useSyncHealth } from './use-sync.ts';

const WINDOWS = ['24h', '7d'] as const;
const ALERTS = { good: 'success', warn: 'warning', bad: 'error', neutral: 'info' } as const;

/** The health of the sync in one line, then its numbers. */
export default function SyncHealthPage() {
  const scope = useTenantScope();
  const state = useListState({ filters: ['window'] });
  const window: SyncHealth['window'] = WINDOWS.find((one) => one === state.filters.window) ?? '24h';
  const found = useSyncHealth(window);
  return (
    <SyncFrame tab="health">
      <Loaded found={found}>
        {(known) => (
          <>
            {found.isStale ? <Note tone="warn">{t('sync.not_refreshed')}</Note> : null}
            <HealthLine status={healthStatusOf(known)} />
            <HealthNumbers {...known} />
            <Section
              title={t('sync.chart')}
              note={
                known.health.lastEvent
                  ? rich('sync.last_event', { when: <When at={known.health.lastEvent.receivedAt} /> })
                  : null
              }
              actions={
                <Segmented
                  aria-label={t('sync.window')}
                  value={window}
                  options={WINDOWS.map((value) => ({ value, label: t(`sync.window_${value}`) }))}
                  onChange={(value) => state.set({ window: value }, { replace: true })}
                />
              }
            >
              <EventChart health={known.health} />
            </Section>
            <Section
              title={t('sync.last_run')}
              actions={known.lastRun ? <Link to={scope.to('sync/runs')}>{t('sync.all_runs')}</Link> : null}
            >
              <LastRun run={known.lastRun} />
            </Section>
          </>
        )}
      </Loaded>
    </SyncFrame>
  );
}

/** The health status, its reason and the next step. */
function HealthLine({ status: { reason, tone, count, to } }: { status: HealthStatus }) {
  const scope = useTenantScope();
  return (
    <Alert
      style={{ marginBottom: 28 }}
      role="status"
      showIcon
      type={ALERTS[tone]}
      message={t(`sync.status_${reason}`, { count })}
      description={
        <>
          {t(`sync.status_${reason}_text`)} <Link to={scope.to(to)}>{t(`sync.status_${reason}_next`)}</Link>
        </>
      }
    />
  );
}

type Known = NonNullable<ReturnType<typeof useSyncHealth>['record']>;

/** The numbers behind the health status, each linked to its list. */
function HealthNumbers({ health, lastDone, deadPushes, pendingPushes }: Known) {
  const { lag, waiting, failed, dead, oldestWaiting } = health;
  const received = waiting - failed;
  return (
    <dl className="figures" aria-label={t('sync.metrics')}>
      <Figure label={t('sync.processing_time')} value={lag.p50Ms === null ? '–' : duration(lag.p50Ms)}>
        {lag.p95Ms === null
          ? t('sync.processing_time_none')
          : t('sync.processing_time_p95', { p95: duration(lag.p95Ms) })}
      </Figure>
      <Figure label={t('sync.pending')} value={received} to="sync/events?status=received">
        {received > 0 && oldestWaiting
          ? rich('sync.pending_oldest', { when: <When at={oldestWaiting.receivedAt} /> })
          : t('sync.pending_none')}
      </Figure>
      <Figure label={t('sync.retrying')} value={failed} to="sync/events?status=failed" tone={failed > 0 && 'warn'}>
        {t(failed > 0 ? 'sync.retrying_note' : 'sync.none')}
      </Figure>
      <Figure label={t('sync.failed')} value={dead} to="sync/events?status=dead" tone={dead > 0 && 'bad'}>
        {t(dead > 0 ? 'sync.failed_note' : 'sync.none')}
      </Figure>
      <Figure
        label={t('sync.open_drift')}
        value={lastDone?.openDrift ?? '–'}
        to={lastDone ? `sync/runs/${lastDone.id}?state=open` : 'sync/runs'}
        tone={Boolean(lastDone?.openDrift) && 'warn'}
      >
        {lastDone ? rich('sync.open_drift_note', { when: <When at={lastDone.startedAt} /> }) : t('sync.never_run')}
      </Figure>
      <Figure
        label={t('sync.pushes')}
        value={pendingPushes + deadPushes}
        to={`sync/outbox${deadPushes > 0 ? '?status=dead' : ''}`}
        tone={deadPushes > 0 && 'bad'}
      >
        {deadPushes > 0 ? t('sync.pushes_failed', { count: deadPushes }) : t('sync.pushes_ok')}
      </Figure>
    </dl>
  );
}

type FigureProps = { label: string; value: string | number; children: ReactNode; to?: string; tone?: string | false };

function Figure({ label, value, children, to, tone }: FigureProps) {
  const scope = useTenantScope();
  return (
    <div className={tone ? `text-${tone}` : undefined}>
      <dt>{to ? <Link to={scope.to(to)}>{label}</Link> : label}</dt>
      <dd>{typeof value === 'number' ? wholeNumber(value) : value}</dd>
      <dd className="second">{children}</dd>
    </div>
  );
}

/** The last run in one line, or its progress. */
function LastRun({ run }: { run: SyncRun | null }) {
  const scope = useTenantScope();
  if (run?.status === 'running') return <RunProgress run={run} />;
  return run ? (
    <p className="muted">
      <Status {...runStatus[run.status]} /> ·{' '}
      <Link to={scope.to(`sync/runs/${run.id}`)}>
        {t(`sync.run_kind_${run.kind}`)}, <When at={run.startedAt} />
      </Link>{' '}
      · {t(runMode(run))} · <RunResult run={run} />
    </p>
  ) : (
    <p className="muted empty-muted">
      {t('sync.never_run')}. <Link to={scope.to('sync/runs?start=true')}>{t('sync.run_start')}</Link>
    </p>
  );
}
