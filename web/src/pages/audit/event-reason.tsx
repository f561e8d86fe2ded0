import './audit.css';
import type { AuditLog } from 'bff/contract';

/** The reason given for a change, or the error code of a denial that is not about a missing permission. */
export function EventReason({ event }: { event: AuditLog }) {
  const { reason, outcome } = event;
  if (!reason || reason === 'permission_denied') return null;
  return outcome === 'denied' ? (
    <code className="audit-code mono">{reason}</code>
  ) : (
    <span className="audit-reason">{reason}</span>
  );
}
