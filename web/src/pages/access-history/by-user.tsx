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

/** A user's permissions at a date, with their roles over time. */
export function ByUser({ state }: { state: ListState }) {
  const { t } = useI18n();
  const { userId, at } = state.filters;
  const found = useHistory<EffectiveAccess>('effective', { userId, asOf: at }, userId !== undefined);
  const known = found.record && found.record.user.id === userId ? [found.record.user] : [];
  return (
    <>
      <div className="history-question">
        <UserSelect
          label={t('explain.user')}
          placeholder={t('explain.user')}
          value={userId}
          known={known}
          onChange={(next) => state.set({ userId: next })}
        />
      </div>
      {userId ? (
        <>
          <TimelineStrip userId={userId} at={at} onChange={(date) => state.set({ at: date }, { replace: true })} />
          <HistoryLoaded found={found} list={state}>
            {(access) => <Answer access={access} at={at} />}
          </HistoryLoaded>
        </>
      ) : (
        <EmptyState title={t('access_history.choose_user')} text={t('access_history.choose_user_text')} />
      )}
    </>
  );
}

function Answer({ access, at }: { access: EffectiveAccess; at: string | undefined }) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { user, permissions, blocked } = access;
  const name = user.name?.trim() || user.email || t('explain.unknown_user');
  const params = { user: <strong>{name}</strong>, tenant: scope.name, count: permissions.length };
  const when = at ? t('access_history.on_date', { when: shortTime(access.asOf) }) : t('access_history.currently');
  const reason = blocked ? rich(`access_history.blocked_${blocked}`, params) : null;
  return (
    <>
      <div
        className={permissions.length > 0 ? 'history-answer history-allowed' : 'history-answer history-denied'}
        role="status"
      >
        <p>
          {when} {rich(at ? 'access_history.had_permissions' : 'access_history.has_permissions', params)}
        </p>
        {reason ? <p className="muted">{reason}</p> : null}
      </div>
      {permissions.length > 0 ? (
        <Section
          title={t(at ? 'access_history.permissions_then' : 'access_history.permissions_now')}
          note={t('access_history.permissions_note')}
        >
          <EffectiveList permissions={permissions} />
        </Section>
      ) : null}
    </>
  );
}
