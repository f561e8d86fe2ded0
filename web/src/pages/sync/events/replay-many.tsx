import type { WebhookEvent } from 'bff/contract';
import { useState } from 'react';
import { formatTotal } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import type { ListState } from '../../../providers/data/use-list-state.ts';
import type { Rows } from '../../../providers/data/use-rows.ts';
import { ConfirmDialog } from '../../../ui/feedback/confirm-dialog.tsx';
import { PermissionButton } from '../../../ui/form/permission-button.tsx';

const REPLAY_LIMIT = 10_000;
const REPLAYABLE = ['dead', 'failed', 'ignored'];

/** Replays all events that match the filters. Shown only if one of them can be replayed. */
export function ReplayMany({ state, events }: { state: ListState; events: Rows<WebhookEvent> }) {
  const { t } = useI18n();
  const { send } = useChange();
  const [open, setOpen] = useState(false);
  const { status, type, objectId, ...range } = state.filters;
  if (!status || !REPLAYABLE.includes(status) || !events.rows?.length || !events.page) return null;

  const { total } = events.page;
  const params = { count: total, n: formatTotal(events.page) };
  // The search also matches event ids, which the replay does not support.
  const isOfObject = state.q !== '' && events.rows.every((event) => event.objectId === state.q);
  const object = objectId ?? (isOfObject ? state.q : undefined);
  const blocked = state.q !== '' && object !== state.q ? t('sync.replay_need_object') : undefined;
  const replay = async () => {
    const done = await send<{ count: number }>({
      method: 'post',
      path: 'webhook-events/replay',
      body: {
        status,
        ...(type ? { type } : {}),
        ...(object ? { objectId: object } : {}),
        ...(range['receivedAt[gte]'] ? { receivedFrom: range['receivedAt[gte]'] } : {}),
        ...(range['receivedAt[lte]'] ? { receivedTo: range['receivedAt[lte]'] } : {}),
      },
      done: t('sync.replay_many_done', params),
    });
    if (done) state.set({ status: undefined });
  };
  return (
    <span className="sync-filter-actions">
      <PermissionButton permission="sync:run" blocked={blocked} onClick={() => setOpen(true)}>
        {t('sync.replay_many', params)}
      </PermissionButton>
      <ConfirmDialog
        open={open}
        title={t('sync.replay_many_title', params)}
        action={t('sync.replay_many', params)}
        onConfirm={replay}
        onClose={() => setOpen(false)}
      >
        <p>{t('sync.replay_many_text')}</p>
        {total > REPLAY_LIMIT ? <p>{t('sync.replay_many_cap')}</p> : null}
      </ConfirmDialog>
    </span>
  );
}
