import type { IdentityPush, Row } from 'bff/contract';
import { type MessageKey, t } from '../../../i18n/i18n.ts';
import { rich } from '../../../i18n/rich.ts';
import { useListPage } from '../../../providers/data/use-list-page.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import type { Tone } from '../../../ui/chips/status-dot.tsx';
import { Status } from '../../../ui/chips/status-dot.tsx';
import { When } from '../../../ui/chips/when.tsx';
import { ActionButton } from '../../../ui/form/action-button.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { timeColumn } from '../../../ui/list/columns.tsx';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterToken } from '../../../ui/list/filter-token.tsx';
import { FilterSelect } from '../../../ui/list/filters.tsx';
import { SyncFrame } from '../frame.tsx';
import { SyncSubject } from '../subject.tsx';

const shown: Record<IdentityPush['status'], { tone: Tone; label: MessageKey }> = {
  dead: { tone: 'bad', label: 'sync.push_failed' },
  pending: { tone: 'warn', label: 'sync.push_pending' },
  scheduled: { tone: 'good', label: 'sync.push_scheduled' },
  done: { tone: 'good', label: 'sync.push_done' },
};

/** The outbox: one push of a user's role to the provider per row. */
export default function SyncOutbox() {
  const list = useListPage<'identity-pushes'>({
    poll: { while: (rows) => rows.some(({ status }) => status === 'pending'), every: 5_000 },
  });
  const columns: Column<Row<'identity-pushes'>>[] = [
    {
      title: t('sync.push_of_role'),
      width: '30%',
      render: ({ user, tenant, objectType }) => (
        <>
          <SyncSubject user={{ ...user, email: null, imageUrl: null }} tenant={tenant} />
          <span className="second">{t(`sync.push_${objectType}`)}</span>
        </>
      ),
    },
    {
      title: t('sync.push_role'),
      width: '20%',
      render: ({ status, pushedRole, pushedAt }) =>
        pushedRole ? (
          <>
            <code>{pushedRole}</code>
            <span className="second">{pushedAt ? <When at={pushedAt} /> : null}</span>
          </>
        ) : (
          <span className="muted">{t(status === 'done' ? 'sync.push_role_unchanged' : 'sync.push_role_none')}</span>
        ),
    },
    { title: t('sync.push_state'), narrow: 'full', render: (push) => <PushState push={push} /> },
    timeColumn('requestedAt', t('sync.push_requested')),
  ];
  return (
    <SyncFrame tab="outbox">
      <DataList
        label={t('sync.tab_outbox')}
        columns={columns}
        {...list}
        count="sync.push_count"
        empty={{ title: t('sync.push_empty'), text: t('sync.push_empty_text') }}
        filters={
          <>
            <FilterSelect state={list.state} name="status" label={t('sync.push_state')} options={shown} />
            <FilterToken state={list.state} name="userId" label={t('sync.push_of_user')} />
            <ReplayDead userId={list.state.filters.userId} />
          </>
        }
      />
    </SyncFrame>
  );
}

function PushState({ push }: { push: IdentityPush }) {
  const { status, attempts, lastError, nextAttemptAt } = push;
  return (
    <>
      <Status {...shown[status]} />
      {status === 'pending' && attempts > 0 && nextAttemptAt ? (
        <span className="second">{rich('sync.push_next', { when: <When at={nextAttemptAt} /> })}</span>
      ) : null}
      {lastError && status !== 'done' ? (
        <span className="second">{t('sync.event_failures', { count: attempts, error: lastError })}</span>
      ) : null}
    </>
  );
}

/** Retries failed pushes: those of one user when the list is filtered by it. */
function ReplayDead({ userId }: { userId: string | undefined }) {
  const fixed = { status: 'dead', ...(userId ? { userId } : {}) };
  const count = useRows<'identity-pushes'>('identity-pushes', { fixed, limit: 1 }).page?.total ?? 0;
  if (count === 0) return null;
  const params = { count };
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
