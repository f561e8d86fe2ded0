import { Alert, Segmented } from 'antd';
import type { SyncHealth } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Loaded } from '../../ui/page/detail-layout.tsx';
import { Section } from '../../ui/page/section.tsx';
import { EventChart } from './event-chart.tsx';
import { SyncFrame } from './frame.tsx';
import { HealthNumbers } from './health-numbers.tsx';
import { type HealthStatus, healthStatusOf } from './health-status.ts';
import { RunLine } from './runs/result.tsx';
import { useSyncHealth } from './use-sync.ts';

const WINDOWS = ['24h', '7d'] as const;
const ALERTS = { good: 'success', warn: 'warning', bad: 'error', neutral: 'info' } as const;

/** The health of the sync in one line, then its numbers. */
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
      {({ health, lastRun, ...known }) => (
        <>
          {found.isStale ? <Note tone="warn">{t('sync.not_refreshed')}</Note> : null}
          <HealthLine status={healthStatusOf({ health, lastRun, ...known })} />
          <HealthNumbers health={health} {...known} />
          <Section
            title={t('sync.chart')}
            note={
              health.lastEvent ? rich('sync.last_event', { when: <When at={health.lastEvent.receivedAt} /> }) : null
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
            <EventChart health={health} />
          </Section>
          <Section
            title={t('sync.last_run')}
            actions={lastRun ? <Link to={scope.to('sync/runs')}>{t('sync.all_runs')}</Link> : null}
          >
            {lastRun ? (
              <RunLine run={lastRun} />
            ) : (
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

/** The health status, its reason and the next step. */
function HealthLine({ status: { reason, tone, count, to } }: { status: HealthStatus }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  return (
    <Alert
      className="sync-block"
      role="status"
      showIcon
      type={ALERTS[tone]}
      message={t(`sync.status_${reason}`, { count, n: wholeNumber(count) })}
      description={
        <>
          {t(`sync.status_${reason}_text`)} <Link to={scope.to(to)}>{t(`sync.status_${reason}_next`)}</Link>
        </>
      }
    />
  );
}
