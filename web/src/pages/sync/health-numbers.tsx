import type { SyncHealth, SyncRun } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import type { Tone } from '../../ui/chips/status-dot.tsx';
import { When } from '../../ui/chips/when.tsx';
import { duration } from './duration.ts';

type Numbers = { health: SyncHealth; lastDone: SyncRun | null; deadPushes: number; pendingPushes: number };
type HealthNumberProps = { label: string; value: ReactNode; note?: ReactNode; to?: string; tone?: Tone };

/** The numbers behind the health status, each linked to its list. */
export function HealthNumbers({ known }: { known: Numbers }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { health, lastDone, deadPushes, pendingPushes } = known;
  const { lag, waiting, failed, dead, oldestWaiting } = health;
  const received = waiting - failed;
  const some = (count: number, tone: Tone) => (count > 0 ? { tone } : {});
  return (
    <dl className="sync-numbers" aria-label={t('sync.metrics')}>
      <HealthNumber
        label={t('sync.processing_time')}
        value={lag.p50Ms === null ? '–' : duration(lag.p50Ms)}
        note={
          lag.p95Ms === null
            ? t('sync.processing_time_none')
            : t('sync.processing_time_p95', { p95: duration(lag.p95Ms) })
        }
      />
      <HealthNumber
        label={t('sync.pending')}
        value={wholeNumber(received)}
        to={scope.to('sync/events?status=received')}
        note={
          received > 0 && oldestWaiting
            ? rich('sync.pending_oldest', { when: <When at={oldestWaiting.receivedAt} /> })
            : t('sync.pending_none')
        }
      />
      <HealthNumber
        label={t('sync.retrying')}
        value={wholeNumber(failed)}
        to={scope.to('sync/events?status=failed')}
        note={failed > 0 ? t('sync.retrying_note') : t('sync.none')}
        {...some(failed, 'warn')}
      />
      <HealthNumber
        label={t('sync.failed')}
        value={wholeNumber(dead)}
        to={scope.to('sync/events?status=dead')}
        note={dead > 0 ? t('sync.failed_note') : t('sync.none')}
        {...some(dead, 'bad')}
      />
      <HealthNumber
        label={t('sync.open_drift')}
        value={lastDone ? wholeNumber(lastDone.openDrift) : '–'}
        to={scope.to(lastDone ? `sync/runs/${lastDone.id}?state=open` : 'sync/runs')}
        note={lastDone ? rich('sync.open_drift_note', { when: <When at={lastDone.startedAt} /> }) : t('sync.never_run')}
        {...some(lastDone?.openDrift ?? 0, 'warn')}
      />
      <HealthNumber
        label={t('sync.pushes')}
        value={wholeNumber(pendingPushes + deadPushes)}
        to={scope.to(`sync/outbox${deadPushes > 0 ? '?status=dead' : ''}`)}
        note={
          deadPushes > 0
            ? t('sync.pushes_failed', { count: deadPushes, n: wholeNumber(deadPushes) })
            : t('sync.pushes_ok')
        }
        {...some(deadPushes, 'bad')}
      />
    </dl>
  );
}

function HealthNumber({ label, value, note, to, tone }: HealthNumberProps) {
  return (
    <div className={tone ? `sync-figure sync-figure-${tone}` : 'sync-figure'}>
      <dt>{to ? <Link to={to}>{label}</Link> : label}</dt>
      <dd className="sync-figure-value">{value}</dd>
      <dd className="muted">{note}</dd>
    </div>
  );
}
