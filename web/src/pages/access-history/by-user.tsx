import type { EffectiveAccess } from 'bff/contract';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { UserSelect } from '../../ui/form/user-select.tsx';
import { Section } from '../../ui/page/section.tsx';
import { EffectiveList } from './effective-list.tsx';
import { HistoryLoaded } from './history-loaded.tsx';
import { TimelineStrip } from './timeline-strip.tsx';
import { useHistory } from './use-history.ts';

/** Everything one person could do at the moment, with their roles over time. */
export function ByUser({ state }: { state: ListState }) {
  const { t } = useI18n();
  const { userId, at } = state.filters;
  const found = useHistory<EffectiveAccess>('effective', { userId, asOf: at }, userId !== undefined);
  const known = found.record && found.record.user.id === userId ? [found.record.user] : [];
  return (
    <>
      <div className="history-question">
        <UserSelect
          label={t('explain.person')}
          placeholder={t('explain.person')}
          value={userId}
          known={known}
          onChange={(next) => state.set({ userId: next })}
        />
      </div>
      {userId ? (
        <>
          <TimelineStrip userId={userId} at={at} onChange={(moment) => state.set({ at: moment }, { replace: true })} />
          <HistoryLoaded found={found}>{(access) => <Answer access={access} at={at} />}</HistoryLoaded>
        </>
      ) : (
        <EmptyState title={t('past.ask_person')} text={t('past.ask_person_text')} />
      )}
    </>
  );
}

function Answer({ access, at }: { access: EffectiveAccess; at: string | undefined }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { user, permissions, blocked } = access;
  const name = user.name?.trim() || user.email || t('explain.unknown_person');
  const words = { person: <strong>{name}</strong>, tenant: scope.name, count: permissions.length };
  const when = at ? t('past.at', { when: shortTime(access.asOf) }) : t('past.today');
  const reason = blocked ? rich(`past.blocked_${blocked}`, words) : null;
  return (
    <>
      <div
        className={permissions.length > 0 ? 'history-answer history-allowed' : 'history-answer history-denied'}
        role="status"
      >
        <p>
          {when} {rich(at ? 'past.could' : 'past.can', words)}
        </p>
        {reason ? <p className="muted">{reason}</p> : null}
      </div>
      {permissions.length > 0 ? (
        <Section title={t(at ? 'past.what_then' : 'past.what_now')} note={t('past.what_note')}>
          <EffectiveList permissions={permissions} />
        </Section>
      ) : null}
    </>
  );
}
