import { Flex } from 'antd';
import type { SyncDrift, SyncRun } from 'bff/contract';
import { formatList } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { formatValue } from '../../../ui/audit/field-diff.tsx';
import { fieldLabel } from '../../../ui/audit/labels.ts';
import { Status } from '../../../ui/chips/status-dot.tsx';
import { ActionButton } from '../../../ui/form/action-button.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterToken } from '../../../ui/list/filter-token.tsx';
import { FilterSelect } from '../../../ui/list/filters.tsx';
import { useSelection } from '../../../ui/list/selection.ts';
import { Section } from '../../../ui/page/section.tsx';
import { SyncSubject } from '../subject.tsx';
import { driftState, KINDS, REQUESTED, TYPES } from './labels.ts';

const isOpen = ({ state, isRepairRequested }: SyncDrift) => state === 'open' && !isRepairRequested;

/** The drift found by a run; open items can be resolved in bulk. */
export function DriftList({ run }: { run: SyncRun }) {
  const state = useListState({ filters: ['objectType', 'kind', 'state', 'objectId'], sort: 'foundAt' });
  const drift = useRows<'sync-drift'>(`sync-runs/${run.id}/drift`, {
    state,
    poll: { while: () => run.status === 'running', every: 3_000 },
  });
  const selection = useSelection(state);
  const open = (drift.rows ?? []).filter(isOpen);
  const columns: Column<SyncDrift>[] = [
    {
      title: t('sync.drift_object'),
      width: '32%',
      render: ({ objectType, objectId, user, tenant }) => (
        <>
          <SyncSubject user={user} tenant={tenant} objectId={objectId} />
          <span className="second">{t(`sync.drift_type_${objectType}`)}</span>
        </>
      ),
    },
    {
      title: t('sync.drift_kind'),
      narrow: 'full',
      render: ({ kind, fields }) => (
        <>
          {t(`sync.drift_kind_${kind}`)}
          <DriftFields fields={fields} />
        </>
      ),
    },
    {
      title: t('sync.drift_state'),
      width: '28%',
      narrow: 'full',
      render: (row) => (
        <>
          <Status {...(row.state === 'open' && !isOpen(row) ? REQUESTED : driftState[row.state])} />
          {row.note ? <span className="second">{t(`sync.drift_note_${row.note}`)}</span> : null}
        </>
      ),
    },
  ];
  const reason = run.status !== 'done' ? '_running' : run.kind === 'backfill' ? '_backfill' : '';
  return (
    <Section title={t('sync.drift')}>
      <DriftActions
        run={run}
        // Items resolved since, or on another page, are no longer selected.
        selected={open.filter(({ id }) => selection.has(id))}
        onDone={selection.clear}
      />
      <DataList
        label={t('sync.drift')}
        columns={columns}
        rows={{ ...drift, isFetching: false }}
        state={state}
        count="sync.drift_count"
        selecting={
          open.length > 0
            ? {
                selection,
                nameOf: ({ user, tenant, objectId }) => user?.name.trim() || user?.email || tenant?.name || objectId,
                isSelectable: isOpen,
              }
            : undefined
        }
        empty={{ title: t(`sync.drift_empty${reason}`), ...(reason ? {} : { text: t('sync.drift_empty_text') }) }}
        filters={
          <>
            <FilterSelect state={state} name="state" label={t('sync.drift_state')} options={driftState} />
            <FilterSelect
              state={state}
              name="objectType"
              label={t('sync.drift_object')}
              options={TYPES.map((value) => ({ value, label: t(`sync.count_${value}`) }))}
            />
            <FilterSelect
              state={state}
              name="kind"
              label={t('sync.drift_kind')}
              options={KINDS.map((value) => ({ value, label: t(`sync.drift_kind_${value}`) }))}
            />
            <FilterToken state={state} name="objectId" label={t('sync.events_of_object')} />
          </>
        }
      />
    </Section>
  );
}

type Field = SyncDrift['fields'][number];

/** The differing fields: our value and the provider's; personal fields only by name. */
function DriftFields({ fields }: { fields: Field[] }) {
  const isKnown = (field: Field) => 'ours' in field || 'theirs' in field;
  const personal = fields.filter((field) => !isKnown(field)).map(({ field }) => fieldLabel(field));
  return (
    <>
      {fields.filter(isKnown).map(({ field, ours, theirs }) => (
        <span key={field} className="second">
          {fieldLabel(field)} · {t('sync.drift_local')} <b>{formatValue(ours)}</b> · {t('sync.drift_provider')}{' '}
          <b>{formatValue(theirs)}</b>
        </span>
      ))}
      {personal.length > 0 ? (
        <span className="second">
          {formatList(personal)} · {t('sync.drift_value_not_stored')}
        </span>
      ) : null}
    </>
  );
}

type Props = { run: SyncRun; selected: SyncDrift[]; onDone: () => void };

/** Differences that a push can end: roles, and members who joined here. */
const isPushable = ({ kind, note }: SyncDrift) =>
  kind === 'role' || note === 'push_refused' || note === 'unknown_at_provider';

/** Resolves the selected drift, or all that is open: pull, push or ignore. */
function DriftActions({ run: { id, status, openDrift }, selected, onDone }: Props) {
  if (openDrift === 0 && selected.length === 0) return null;
  const isAll = selected.length === 0;
  const count = isAll ? openDrift : selected.length;
  const params = { count };
  const ids = selected.map((drift) => drift.id);
  const unfinished =
    status === 'done' ? undefined : t(status === 'running' ? 'sync.drift_run_active' : 'sync.drift_run_unfinished');
  const action = (kind: 'pull' | 'push' | 'ignore', body: object, label: string, blocked?: string, danger = false) => (
    <ActionButton
      permission="sync:run"
      blocked={blocked}
      label={label}
      title={t(`sync.drift_${kind}_title`, params)}
      action={t(`sync.drift_${kind}`, params)}
      danger={danger}
      change={() => ({
        method: 'post',
        path: `sync-runs/${id}/drift/${kind === 'ignore' ? 'ignore' : 'repair'}`,
        body,
        done: t(kind === 'ignore' ? 'sync.drift_ignored' : 'sync.drift_repair_requested'),
        onDone,
      })}
    >
      {t(`sync.drift_${kind}_text`)}
    </ActionButton>
  );
  const onlyRoles = selected.every(isPushable) ? undefined : t('sync.drift_push_only_roles');
  const canEnd = selected.some(({ kind }) => kind === 'extra');
  return (
    <Flex wrap align="center" gap={8} style={{ marginBottom: 12 }}>
      {isAll ? (
        action('pull', { all: true, direction: 'pull' }, t('sync.drift_pull_all', params), unfinished, true)
      ) : (
        <>
          <span className="muted">{t('sync.drift_selected', params)}</span>
          {action('pull', { ids, direction: 'pull' }, t('sync.drift_pull', params), unfinished, canEnd)}
          {action('push', { ids, direction: 'push' }, t('sync.drift_push', params), unfinished ?? onlyRoles)}
          {action('ignore', { ids }, t('sync.drift_ignore'))}
        </>
      )}
    </Flex>
  );
}
