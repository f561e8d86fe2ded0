import './runs.css';
import type { SyncRun } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../../i18n/format.ts';
import { hasMessage, useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { duration } from '../duration.ts';
import { CancelRun } from './run-actions.tsx';

const PHASES = ['users', 'organizations', 'memberships', 'prune-users', 'prune-organizations', 'prune-memberships'];

/** Progress of a run: phase, bar, rate and time left. */
export function RunProgress({ run, isOwnPage = false }: { run: SyncRun; isOwnPage?: boolean }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { phase, processed, rate } = run.progress;
  // The provider may have more objects than expected; then the remaining time is unknown.
  const isEstimate = run.progress.total !== null && processed > run.progress.total;
  const { total, etaSeconds } = isEstimate ? { total: null, etaSeconds: null } : run.progress;
  const key = `sync.phase_${phase}`;
  const label = hasMessage(key) ? t(key) : phase;
  const steps = run.kind === 'backfill' ? 3 : PHASES.length;
  const step = PHASES.indexOf(phase) + 1;
  const share = total ? Math.min(1, processed / total) : undefined;
  const done = wholeNumber(processed);
  return (
    <div className="run-progress">
      <div className="run-progress-head">
        <strong>
          {isOwnPage ? label : <Link to={scope.to(`sync/runs/${run.id}`)}>{label}</Link>}
          {step > 0 ? <span className="muted"> {t('sync.phase_step', { step, steps })}</span> : null}
        </strong>
        <CancelRun run={run} />
      </div>
      <div
        className={share === undefined ? 'run-bar run-bar-open' : 'run-bar'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === undefined ? {} : { 'aria-valuenow': Math.floor(share * 100) })}
      >
        <span style={{ width: `${(share ?? 1) * 100}%` }} />
      </div>
      <p className="run-pace">
        <span>
          {total === null ? t('sync.progress_open', { done }) : t('sync.progress', { done, total: wholeNumber(total) })}
        </span>
        {rate === null ? null : <span>{t('sync.progress_rate', { rate: wholeNumber(Math.round(rate)) })}</span>}
        {etaSeconds === null ? null : <span>{t('sync.progress_left', { time: duration(etaSeconds * 1000) })}</span>}
      </p>
      {run.waitingUntil ? (
        <p className="run-waiting">{rich('sync.progress_waiting', { when: <When at={run.waitingUntil} /> })}</p>
      ) : null}
      {run.error ? <p className="sync-error mono">{run.error}</p> : null}
    </div>
  );
}
