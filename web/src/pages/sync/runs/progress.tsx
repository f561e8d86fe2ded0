import { Flex } from 'antd';
import type { SyncRun } from 'bff/contract';
import { Link } from 'react-router';
import { hasMessage, t, wholeNumber } from '../../../i18n/i18n.ts';
import { rich } from '../../../i18n/rich.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { ActionButton } from '../../../ui/form/action-button.tsx';
import { duration } from '../duration.ts';
import { driftCountOf } from './labels.ts';

const PHASES = ['users', 'organizations', 'memberships', 'prune-users', 'prune-organizations', 'prune-memberships'];

/** Progress of a run: phase, bar, rate and time left. */
export function RunProgress({ run, isOwnPage = false }: { run: SyncRun; isOwnPage?: boolean }) {
  const scope = useTenantScope();
  const { phase, processed, rate } = run.progress;
  // The provider may have more objects than expected; then the remaining time is unknown.
  const isEstimate = run.progress.total !== null && processed > run.progress.total;
  const { total, etaSeconds } = isEstimate ? { total: null, etaSeconds: null } : run.progress;
  const key = `sync.phase_${phase}`;
  const label = hasMessage(key) ? t(key) : phase;
  const steps = run.kind === 'backfill' ? 3 : PHASES.length;
  const step = PHASES.indexOf(phase) + 1;
  const done = wholeNumber(processed);
  return (
    <Note>
      <Flex justify="space-between" align="center" gap={12}>
        <span>
          <strong>{isOwnPage ? label : <Link to={scope.to(`sync/runs/${run.id}`)}>{label}</Link>}</strong>
          {step > 0 ? ` ${t('sync.phase_step', { step, steps })}` : null}
        </span>
        <ActionButton
          size="small"
          permission="sync:run"
          label={t('sync.run_cancel')}
          title={t('sync.run_cancel_title')}
          action={t('sync.run_cancel_action')}
          danger
          change={() => ({ method: 'post', path: `sync-runs/${run.id}/cancel`, done: t('sync.run_cancelled') })}
        >
          {t('sync.run_cancel_text')}
        </ActionButton>
      </Flex>
      <progress className="run-bar" aria-label={label} {...(total ? { max: total, value: processed } : {})} />
      <Flex wrap gap="2px 20px" className="numeric">
        <span>{total === null ? t('sync.progress_open', { done }) : t('sync.progress', { done, total: total })}</span>
        {rate === null ? null : <span>{t('sync.progress_rate', { rate: Math.round(rate) })}</span>}
        {etaSeconds === null ? null : <span>{t('sync.progress_left', { time: duration(etaSeconds * 1000) })}</span>}
      </Flex>
      {run.waitingUntil ? (
        <p className="text-warn">{rich('sync.progress_waiting', { when: <When at={run.waitingUntil} /> })}</p>
      ) : null}
      {run.error ? <p className="text-bad mono">{run.error}</p> : null}
    </Note>
  );
}

/** Drift found, and how much of it is still open. */
export function RunResult({ run: { openDrift, status, counts } }: { run: SyncRun }) {
  const found = driftCountOf({ counts });
  if (found === 0) return status === 'done' ? t('sync.run_no_drift') : null;
  return (
    <>
      {t('sync.run_differences', { count: found })}
      {openDrift > 0 ? (
        <>
          , <b className="text-warn">{t('sync.run_open', { count: openDrift })}</b>
        </>
      ) : status === 'done' ? (
        `, ${t('sync.run_none_open')}`
      ) : null}
    </>
  );
}
