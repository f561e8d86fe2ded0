import type { IdentityPush, Row } from 'bff/contract';
import { Link } from 'react-router';
import { wholeNumber } from '../../../i18n/format.ts';
import type { MessageKey } from '../../../i18n/i18n.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { usePaths } from '../../../providers/tenant/use-paths.ts';
import type { Tone } from '../../../ui/chips/status-dot.tsx';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import { TenantName } from '../../../ui/chips/tenant-mark.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { ActionButton } from '../../../ui/form/action-button.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterToken } from '../../../ui/list/filter-token.tsx';
import { FilterSelect } from '../../../ui/list/filters.tsx';
import { SyncFrame } from '../frame.tsx';
import { useHasDirectory, usePolling } from '../use-sync.ts';

const POLL_MS = 5_000;
const STATUSES = ['dead', 'pending', 'scheduled', 'done'] as const;
const shown: Record<IdentityPush['status'], { tone: Tone; label: MessageKey }> = {
  pending: { tone: 'warn', label: 'sync.push_pending' },
  scheduled: { tone: 'good', label: 'sync.push_scheduled' },
  done: { tone: 'good', label: 'sync.push_done' },
  dead: { tone: 'bad', label: 'sync.push_failed' },
};

export default function SyncOutbox() {
  return (
    <SyncFrame tab="outbox">
      <PushList />
    </SyncFrame>
  );
}

/** The outbox: one push of a user's role to the provider per row. */
function PushList() {
  const { t } = useI18n();
  const enabled = useHasDirectory() === true;
  const state = useListState({ filters: ['status', 'userId'], sort: '-requestedAt' });
  const pushes = useRows<'identity-pushes'>('identity-pushes', { state, enabled });
  const isMoving = pushes.rows?.some(({ status }) => status === 'pending') === true;
  usePolling(isMoving, pushes.retry, POLL_MS);
  const columns: Column<Row<'identity-pushes'>>[] = [
    { title: t('sync.push_of_role'), width: '30%', render: (push) => <PushTarget push={push} /> },
    {
      title: t('sync.push_role'),
      width: '20%',
      render: ({ status, pushedRole, pushedAt }) =>
        pushedRole ? (
          <>
            <code className="mono">{pushedRole}</code>
            {pushedAt ? (
              <span className="sync-second">
                <When at={pushedAt} />
              </span>
            ) : null}
          </>
        ) : (
          <span className="muted">{t(status === 'done' ? 'sync.push_role_unchanged' : 'sync.push_role_none')}</span>
        ),
    },
    { title: t('sync.push_state'), narrow: 'full', render: (push) => <PushState push={push} /> },
    {
      title: t('sync.push_requested'),
      sort: 'requestedAt',
      width: '120px',
      align: 'end',
      render: ({ requestedAt }) => <When at={requestedAt} />,
    },
  ];
  return (
    <DataList
      label={t('sync.tab_outbox')}
      columns={columns}
      rows={isMoving ? { ...pushes, isFetching: false } : pushes}
      state={state}
      count="sync.push_count"
      empty={{ title: t('sync.push_empty'), text: t('sync.push_empty_text') }}
      filters={
        <>
          <FilterSelect
            state={state}
            name="status"
            label={t('sync.push_state')}
            options={STATUSES.map((value) => ({ value, label: t(shown[value].label) }))}
          />
          <FilterToken state={state} name="userId" label={t('sync.push_of_user')} />
          <ReplayDead userId={state.filters.userId} />
        </>
      }
    />
  );
}

function PushTarget({ push: { user, tenant, objectType } }: { push: IdentityPush }) {
  const { t } = useI18n();
  const to = usePaths(tenant).user(user.id);
  const name = user.name.trim() || t('user.no_name');
  return (
    <>
      {to ? <Link to={to}>{name}</Link> : name}
      <span className="sync-second">
        <TenantName id={tenant.id} name={tenant.name} /> {t(`sync.push_${objectType}`)}
      </span>
    </>
  );
}

function PushState({ push }: { push: IdentityPush }) {
  const { t, rich } = useI18n();
  const { status, attempts, lastError, nextAttemptAt } = push;
  return (
    <>
      <StatusDot tone={shown[status].tone}>{t(shown[status].label)}</StatusDot>
      {status === 'pending' && attempts > 0 && nextAttemptAt ? (
        <span className="sync-second">{rich('sync.push_next', { when: <When at={nextAttemptAt} /> })}</span>
      ) : null}
      {lastError && status !== 'done' ? (
        <span className="sync-second">
          {t('sync.event_failures', { count: attempts, n: wholeNumber(attempts), error: lastError })}
        </span>
      ) : null}
    </>
  );
}

/** Retries failed pushes: those of one user when the list is filtered by it. */
function ReplayDead({ userId }: { userId: string | undefined }) {
  const { t } = useI18n();
  const fixed = { status: 'dead', ...(userId ? { userId } : {}) };
  const count = useRows<'identity-pushes'>('identity-pushes', { fixed, limit: 1 }).page?.total ?? 0;
  if (count === 0) return null;
  const params = { count, n: wholeNumber(count) };
  return (
    <ActionButton
      permission="sync:run"
      label={t('sync.push_retry_all', params)}
      title={t('sync.push_retry_title', params)}
      action={t('sync.push_retry')}
      change={() => ({
        method: 'post',
        path: 'identity-pushes/replay',
        body: userId ? { userId } : {},
        done: t('sync.push_retrying', params),
      })}
    >
      {t('sync.push_retry_text')}
    </ActionButton>
  );
}
