import type { WebhookEvent, WebhookEventDetail } from 'bff/contract';
import { formatTotal } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import type { ListState } from '../../../providers/data/use-list-state.ts';
import type { Rows } from '../../../providers/data/use-rows.ts';
import { ActionButton } from '../../../ui/form/action-button.tsx';

const REPLAYABLE = ['dead', 'failed', 'ignored'];

export function ReplayOne({ event: { id, status, hasContent } }: { event: WebhookEventDetail }) {
  return (
    <ActionButton
      permission="sync:run"
      type={status === 'dead' ? 'primary' : 'default'}
      blocked={hasContent ? undefined : t('sync.replay_no_payload')}
      label={t('sync.replay')}
      title={t('sync.replay_title')}
      action={t('sync.replay')}
      change={() => ({
        method: 'post',
        path: `webhook-events/${encodeURIComponent(id)}/replay`,
        done: t('sync.replayed'),
      })}
    >
      {t('sync.replay_text')}
    </ActionButton>
  );
}

/** Replays all events that match the filters. Shown only if one of them can be replayed. */
export function ReplayMany({ state, rows: events }: { state: ListState; rows: Rows<WebhookEvent> }) {
  const { status, type, objectId, ...range } = state.filters;
  if (!status || !REPLAYABLE.includes(status) || !events.rows?.length || !events.page) return null;

  const { total, totalIsExact } = events.page;
  const params = { count: total, n: formatTotal(events.page) };
  // The search also matches event ids, which the replay does not support.
  const isOfObject = state.q !== '' && events.rows.every((event) => event.objectId === state.q);
  const object = objectId ?? (isOfObject ? state.q : undefined);
  return (
    <ActionButton
      permission="sync:run"
      blocked={state.q !== '' && object !== state.q ? t('sync.replay_need_object') : undefined}
      label={t('sync.replay_many', params)}
      title={t('sync.replay_many_title', params)}
      action={t('sync.replay_many', params)}
      change={() => ({
        method: 'post',
        path: 'webhook-events/replay',
        body: {
          ...{ status, type, objectId: object },
          ...{ receivedFrom: range['receivedAt[gte]'], receivedTo: range['receivedAt[lte]'] },
        },
        done: t('sync.replay_many_done', params),
        onDone: () => state.set({ status: undefined }),
      })}
    >
      <p>{t('sync.replay_many_text')}</p>
      {totalIsExact ? null : <p>{t('sync.replay_many_cap')}</p>}
    </ActionButton>
  );
}
