import type { SyncRun } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { driftCountOf, runMode, runStatus } from './labels.ts';
import { RunProgress } from './progress.tsx';

/** A run in one line, or its progress. */
export function RunLine({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  if (run.status === 'running') return <RunProgress run={run} />;
  return (
    <p className="muted">
      <StatusDot tone={runStatus[run.status].tone}>{t(runStatus[run.status].label)}</StatusDot> ·{' '}
      <Link to={scope.to(`sync/runs/${run.id}`)}>
        {t(`sync.run_kind_${run.kind}`)}, <When at={run.startedAt} />
      </Link>{' '}
      · {t(runMode(run))} · <RunResult run={run} />
    </p>
  );
}

/** Drift found, and how much of it is still open. */
export function RunResult({ run: { openDrift, status, counts } }: { run: SyncRun }) {
  const { t } = useI18n();
  const found = driftCountOf({ counts });
  if (found === 0) return status === 'done' ? t('sync.run_no_drift') : null;
  return (
    <>
      {t('sync.run_differences', { count: found, n: wholeNumber(found) })}
      {openDrift > 0 ? (
        <>
          , <b className="sync-warn">{t('sync.run_open', { count: openDrift, n: wholeNumber(openDrift) })}</b>
        </>
      ) : status === 'done' ? (
        `, ${t('sync.run_none_open')}`
      ) : null}
    </>
  );
}
