import { useOne } from '@refinedev/core';
import type { AuditLog, EventInstants } from 'bff/contract';
import { useEffect, useRef } from 'react';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { useHistory } from './use-history.ts';

/** The audit event the user came from, with just before and just after to choose. */
export function EventAnchor({ auditLogId, state }: { auditLogId: string; state: ListState }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { record: instants } = useHistory<EventInstants>('event-instants', { auditLogId });
  const { result: event } = useOne<AuditLog>({ resource: scope.resource('audit-logs'), id: auditLogId });
  const { at, from } = state.filters;
  const set = useRef(state.set);
  set.current = state.set;
  // Without a date, the state just after the event is shown.
  useEffect(() => {
    if (instants && !at && !from) set.current({ at: instants.after }, { replace: true });
  }, [instants, at, from]);
  if (!instants) return null;
  const { before, after } = instants;
  const choice = (label: string, isChosen: boolean, changes: Record<string, string | undefined>) => (
    <button type="button" className="history-choice" aria-pressed={isChosen} onClick={() => state.set(changes)}>
      {label}
    </button>
  );
  const compares = state.filters.view === 'compare';
  const back = state.filters.view === 'compare' ? { view: undefined } : {};
  return (
    <div className="history-event">
      <p>{event ? <AuditSummary event={event} /> : shortTime(instants.createdAt)}</p>
      {instants.changedAccess ? (
        <p className="history-choices">
          {choice(t('access_history.just_before'), !compares && at === before, { ...back, at: before })}
          {choice(t('access_history.just_after'), !compares && at === after, { ...back, at: after })}
          {choice(t('access_history.event_effect'), compares && from === before && state.filters.to === after, {
            ...{ view: 'compare', from: before, to: after, userId: undefined, permission: undefined },
          })}
        </p>
      ) : (
        <p className="muted">{t('access_history.event_no_effect')}</p>
      )}
    </div>
  );
}
