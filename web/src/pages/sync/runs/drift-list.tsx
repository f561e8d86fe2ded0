import type { SyncDrift, SyncRun } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { useListState } from '../../../providers/data/use-list-state.ts';
import { useRows } from '../../../providers/data/use-rows.ts';
import { StatusDot } from '../../../ui/chips/status-dot.tsx';
import type { Column } from '../../../ui/list/column.ts';
import { DataList } from '../../../ui/list/data-list.tsx';
import { FilterToken } from '../../../ui/list/filter-token.tsx';
import { FilterSelect } from '../../../ui/list/filters.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { usePolling } from '../use-sync.ts';
import { DriftActions } from './drift-actions.tsx';
import { DriftFields } from './drift-fields.tsx';
import { DriftObject } from './drift-object.tsx';
import { driftState, KINDS, TYPES } from './labels.ts';

const POLL_MS = 3_000;
const STATES = ['open', 'repaired', 'queued', 'ignored'] as const;
const shownState = ({ state, isRepairRequested }: SyncDrift) =>
  state === 'open' && isRepairRequested ? 'wanted' : state;
const isOpen = (drift: SyncDrift) => shownState(drift) === 'open';

/** The drift found by a run; open items can be resolved in bulk. */
export function DriftList({ run }: { run: SyncRun }) {
  const { t } = useI18n();
  const state = useListState({ filters: ['objectType', 'kind', 'state', 'objectId'], sort: 'foundAt' });
  const drift = useRows<'sync-drift'>(`sync-runs/${run.id}/drift`, { state });
  usePolling(run.status === 'running', drift.retry, POLL_MS);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const open = (drift.rows ?? []).filter(isOpen);
  // Items resolved since, or on another page, are no longer selected.
  const selected = open.filter(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  const columns: Column<SyncDrift>[] = [
    {
      title: t('sync.drift_object'),
      width: '34%',
      render: (row) => (
        <DriftObject
          drift={row}
          chosen={chosen.has(row.id)}
          {...(isOpen(row) ? { onChoose: () => toggle(row.id) } : {})}
        />
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
      width: '26%',
      narrow: 'full',
      render: (row) => {
        const shown = driftState[shownState(row)];
        return (
          <>
            <StatusDot tone={shown.tone}>{t(shown.label)}</StatusDot>
            {row.note ? <span className="sync-second">{t(`sync.drift_note_${row.note}`)}</span> : null}
          </>
        );
      },
    },
  ];
  const options = (prefix: 'sync.count_' | 'sync.drift_kind_', values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${prefix}${value}` as 'sync.count_user') }));
  return (
    <Section title={t('sync.drift')}>
      <DataList
        label={t('sync.drift')}
        columns={columns}
        rows={{ ...drift, isFetching: false }}
        state={state}
        count="sync.drift_count"
        empty={
          run.status !== 'done'
            ? { title: t('sync.drift_empty_running') }
            : run.kind === 'backfill'
              ? { title: t('sync.drift_empty_backfill') }
              : { title: t('sync.drift_empty'), text: t('sync.drift_empty_text') }
        }
        filters={
          <>
            <FilterSelect
              state={state}
              name="state"
              label={t('sync.drift_state')}
              options={STATES.map((value) => ({ value, label: t(driftState[value].label) }))}
            />
            <FilterSelect
              state={state}
              name="objectType"
              label={t('sync.drift_object')}
              options={options('sync.count_', TYPES)}
            />
            <FilterSelect
              state={state}
              name="kind"
              label={t('sync.drift_kind')}
              options={options('sync.drift_kind_', KINDS)}
            />
            <FilterToken state={state} name="objectId" label={t('sync.events_of_object')} />
            <DriftActions
              run={run}
              open={open}
              selected={selected}
              onSelect={(rows) => setChosen(new Set(rows.map(({ id }) => id)))}
            />
          </>
        }
      />
    </Section>
  );
}
