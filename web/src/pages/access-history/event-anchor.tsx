import { useOne } from '@refinedev/core';
import { Segmented } from 'antd';
import type { AuditLog, EventInstants } from 'bff/contract';
import { useEffect, useRef } from 'react';
import { useAccess } from '../../features/access/use-access.ts';
import { shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { Note } from '../../ui/feedback/note.tsx';

const CHOICES = ['just_before', 'just_after', 'event_effect'] as const;
type Choice = (typeof CHOICES)[number];

/** The audit event the user came from, with just before and just after to choose. */
export function EventAnchor({ auditLogId, state }: { auditLogId: string; state: ListState }) {
  const scope = useTenantScope();
  const { record: instants } = useAccess<EventInstants>('event-instants', { auditLogId });
  const { result: event } = useOne<AuditLog>({ resource: scope.resource('audit-logs'), id: auditLogId });
  const { at, from, to, view } = state.filters;
  const set = useRef(state.set);
  set.current = state.set;
  // Without a date, the state just after the event is shown.
  useEffect(() => {
    if (instants && !at && !from) set.current({ at: instants.after }, { replace: true });
  }, [instants, at, from]);
  if (!instants) return null;
  const { before, after } = instants;
  const compares = view === 'compare';
  const back = compares ? { view: undefined } : {};
  const isChosen: Record<Choice, boolean> = {
    just_before: !compares && at === before,
    just_after: !compares && at === after,
    event_effect: compares && from === before && to === after,
  };
  const changes: Record<Choice, Parameters<ListState['set']>[0]> = {
    just_before: { ...back, at: before },
    just_after: { ...back, at: after },
    event_effect: { view: 'compare', from: before, to: after, userId: undefined, permission: undefined },
  };
  return (
    <Note>
      <p>{event ? <AuditSummary event={event} /> : shortTime(instants.createdAt)}</p>
      {instants.changedAccess ? (
        <Segmented<Choice | ''>
          className="history-choices"
          value={CHOICES.find((choice) => isChosen[choice]) ?? ''}
          options={CHOICES.map((value) => ({ value, label: t(`access_history.${value}`) }))}
          onChange={(choice) => choice && state.set(changes[choice])}
        />
      ) : (
        <p>{t('access_history.event_no_effect')}</p>
      )}
    </Note>
  );
}
