import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import type { HealthStatus } from './health-status.ts';

/** The health status, its reason and the next step. */
export function HealthLine({ status }: { status: HealthStatus }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { reason, tone, count, to } = status;
  return (
    <div className={`sync-line sync-line-${tone}`} role="status">
      <span className="sync-line-dot" aria-hidden="true" />
      <div>
        <strong>{t(`sync.status_${reason}`, { count, n: wholeNumber(count) })}</strong>
        <p>{t(`sync.status_${reason}_text`)}</p>
      </div>
      <Link to={scope.to(to)}>{t(`sync.status_${reason}_next`)}</Link>
    </div>
  );
}
