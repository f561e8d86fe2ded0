import './runs.css';
import type { SyncRun } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { driftCountOf, runMode, runStatus } from './labels.ts';

/** A finished run, in one row. */
export function RunSummary({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  return (
    <p className="run-summary">
      <StatusDot tone={runStatus[run.status].tone}>{t(runStatus[run.status].label)}</StatusDot>
      <Link to={scope.to(`sync/runs/${run.id}`)}>
        <When at={run.startedAt} />
      </Link>
      <span>{t(`sync.run_kind_${run.kind}`)}</span>
      <span>{t(runMode(run))}</span>
      <RunDrift run={run} />
    </p>
  );
}

/** Drift found, and how much of it is still open. */
export function RunDrift({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const found = driftCountOf(run);
  const { openDrift } = run;
  if (found === 0) return run.status === 'done' ? <span>{t('sync.run_no_drift')}</span> : null;
  return (
    <span>
      {t('sync.run_differences', { count: found, n: wholeNumber(found) })}
      {openDrift > 0 ? (
        <>
          {', '}
          <b className="run-open">{t('sync.run_open', { count: openDrift, n: wholeNumber(openDrift) })}</b>
        </>
      ) : run.status === 'done' ? (
        `, ${t('sync.run_none_open')}`
      ) : null}
    </span>
  );
}
