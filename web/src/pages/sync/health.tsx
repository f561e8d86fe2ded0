import type { SyncHealth } from 'bff/contract';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Loaded } from '../../ui/page/detail-layout.tsx';
import { Section } from '../../ui/page/section.tsx';
import { EventChart } from './event-chart.tsx';
import { SyncFrame } from './frame.tsx';
import { HealthLine } from './health-line.tsx';
import { HealthNumbers } from './health-numbers.tsx';
import { healthStatusOf } from './health-status.ts';
import { RunProgress } from './runs/progress.tsx';
import { RunSummary } from './runs/summary.tsx';
import { useSyncHealth } from './use-sync.ts';

const WINDOWS = ['24h', '7d'] as const;

/** The health of the sync with its numbers. */
export default function SyncHealthPage() {
  return (
    <SyncFrame tab="health">
      <Health />
    </SyncFrame>
  );
}

function Health() {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['window'] });
  const window: SyncHealth['window'] = WINDOWS.find((one) => one === state.filters.window) ?? '24h';
  const found = useSyncHealth(window);
  return (
    <Loaded found={{ result: found.record, query: { error: found.error, refetch: found.retry } }}>
      {(known) => (
        <>
          {found.isStale ? <Note tone="warn">{t('sync.not_refreshed')}</Note> : null}
          <HealthLine status={healthStatusOf(known)} />
          <HealthNumbers known={known} />
          <Section
            title={t('sync.chart')}
            note={
              known.health.lastEvent
                ? rich('sync.last_event', { when: <When at={known.health.lastEvent.receivedAt} /> })
                : null
            }
            actions={
              <fieldset className="sync-window" aria-label={t('sync.window')}>
                {WINDOWS.map((one) => (
                  <button
                    key={one}
                    type="button"
                    aria-pressed={one === window}
                    onClick={() => state.set({ window: one }, { replace: true })}
                  >
                    {t(`sync.window_${one}`)}
                  </button>
                ))}
              </fieldset>
            }
          >
            <EventChart health={known.health} />
          </Section>
          <Section
            title={t('sync.last_run')}
            actions={known.lastRun ? <Link to={scope.to('sync/runs')}>{t('sync.all_runs')}</Link> : null}
          >
            {known.lastRun?.status === 'running' ? <RunProgress run={known.lastRun} /> : null}
            {known.lastRun && known.lastRun.status !== 'running' ? <RunSummary run={known.lastRun} /> : null}
            {known.lastRun ? null : (
              <p className="muted empty-muted">
                {t('sync.never_run')}. <Link to={scope.to('sync/runs?start=true')}>{t('sync.run_start')}</Link>
              </p>
            )}
          </Section>
        </>
      )}
    </Loaded>
  );
}
