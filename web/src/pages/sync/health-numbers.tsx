import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { When } from '../../ui/chips/when.tsx';
import { duration } from './duration.ts';
import type { useSyncHealth } from './use-sync.ts';

type Known = NonNullable<ReturnType<typeof useSyncHealth>['record']>;

/** The numbers behind the health status, each linked to its list. */
export function HealthNumbers({ health, lastDone, deadPushes, pendingPushes }: Omit<Known, 'lastRun'>) {
  const { t, rich } = useI18n();
  const { lag, waiting, failed, dead, oldestWaiting } = health;
  const received = waiting - failed;
  return (
    <dl className="sync-numbers" aria-label={t('sync.metrics')}>
      <Figure
        label={t('sync.processing_time')}
        value={lag.p50Ms === null ? '–' : duration(lag.p50Ms)}
        note={
          lag.p95Ms === null
            ? t('sync.processing_time_none')
            : t('sync.processing_time_p95', { p95: duration(lag.p95Ms) })
        }
      />
      <Figure
        label={t('sync.pending')}
        value={wholeNumber(received)}
        to="sync/events?status=received"
        note={
          received > 0 && oldestWaiting
            ? rich('sync.pending_oldest', { when: <When at={oldestWaiting.receivedAt} /> })
            : t('sync.pending_none')
        }
      />
      <Figure
        label={t('sync.retrying')}
        value={wholeNumber(failed)}
        to="sync/events?status=failed"
        note={t(failed > 0 ? 'sync.retrying_note' : 'sync.none')}
        tone={failed > 0 ? 'warn' : undefined}
      />
      <Figure
        label={t('sync.failed')}
        value={wholeNumber(dead)}
        to="sync/events?status=dead"
        note={t(dead > 0 ? 'sync.failed_note' : 'sync.none')}
        tone={dead > 0 ? 'bad' : undefined}
      />
      <Figure
        label={t('sync.open_drift')}
        value={lastDone ? wholeNumber(lastDone.openDrift) : '–'}
        to={lastDone ? `sync/runs/${lastDone.id}?state=open` : 'sync/runs'}
        note={lastDone ? rich('sync.open_drift_note', { when: <When at={lastDone.startedAt} /> }) : t('sync.never_run')}
        tone={lastDone?.openDrift ? 'warn' : undefined}
      />
      <Figure
        label={t('sync.pushes')}
        value={wholeNumber(pendingPushes + deadPushes)}
        to={`sync/outbox${deadPushes > 0 ? '?status=dead' : ''}`}
        note={
          deadPushes > 0
            ? t('sync.pushes_failed', { count: deadPushes, n: wholeNumber(deadPushes) })
            : t('sync.pushes_ok')
        }
        tone={deadPushes > 0 ? 'bad' : undefined}
      />
    </dl>
  );
}

type FigureProps = { label: string; value: string; note: ReactNode; to?: string; tone?: 'warn' | 'bad' | undefined };

function Figure({ label, value, note, to, tone }: FigureProps) {
  const scope = useTenantScope();
  return (
    <div className={tone ? `sync-${tone}` : undefined}>
      <dt className="muted">{to ? <Link to={scope.to(to)}>{label}</Link> : label}</dt>
      <dd>{value}</dd>
      <dd className="sync-second">{note}</dd>
    </div>
  );
}
