import './audit.css';
import type { AuditLog } from 'bff/contract';

/** The words somebody gave with a change, or the code of a refusal that is about more than a missing permission. */
export function EventReason({ event }: { event: AuditLog }) {
  const { reason, outcome } = event;
  if (!reason || reason === 'permission_denied') return null;
  return outcome === 'denied' ? (
    <code className="audit-code mono">{reason}</code>
  ) : (
    <span className="audit-reason">{reason}</span>
  );
}
