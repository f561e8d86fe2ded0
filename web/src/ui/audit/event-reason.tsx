import './audit.css';
import type { AuditLog } from 'bff/contract';
import { Link } from 'react-router';
import { hasMessage, t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { PermissionTag } from '../chips/permission-tag.tsx';

/** The reason given for a change; for a denial, why it was right, with a link to the explanation. */
export function EventReason({ event }: { event: AuditLog }) {
  const { why } = usePaths(event.tenant);
  const { reason, outcome, permission } = event;
  if (outcome === 'allowed') return reason ? <q className="audit-reason second">{reason}</q> : null;
  const key = `audit.denied_${reason}`;
  const to = why(event);
  if (!to && !hasMessage(key)) return null;
  return (
    <span className="audit-reason second">
      {hasMessage(key) ? rich(key, { permission: permission ? <PermissionTag code={permission} /> : '' }) : null}{' '}
      {to ? <Link to={to}>{t('explain.why_short')}</Link> : null}
    </span>
  );
}
