import type { Row } from 'bff/contract';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { InviteButton } from '../../invite/invite-button.tsx';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import type { Column } from '../../ui/column.ts';
import { DataList } from '../../ui/data-list.tsx';
import { FilterToken } from '../../ui/filter-token.tsx';
import { FilterSelect, SearchBox } from '../../ui/filters.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PersonChip } from '../../ui/person-chip.tsx';
import { RoleChips } from '../../ui/role-chip.tsx';
import { useSelection } from '../../ui/selection.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { memberStatus } from '../../ui/statuses.ts';
import { useListState } from '../../ui/use-list-state.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { When } from '../../ui/when.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { BulkProgress } from './bulk-progress.tsx';

type Props = { title?: string; lead?: string };

/** The members of a tenant; the platform calls its own by another name. */
export default function MemberList({ title, lead }: Props) {
  const { t } = useI18n();
  const place = usePlace();
  const state = useListState({ filters: ['status', 'roleId', 'endsBefore'], sort: 'name' });
  const members = useRows<'members'>(place.resource('members'), { state });
  const roles = useRows<'roles'>(place.resource('roles'), { sort: 'name', limit: 100 });
  const selection = useSelection(state);
  const isNarrow = useNarrow();
  const [asked, setAsked] = useState(false);
  const maySelect = place.may('roles:assign').can && state.filters.status !== 'left';
  // On a phone the boxes come when they are asked for, and rows are then there to be ticked.
  const isSelecting = maySelect && (asked || !isNarrow);
  const isChoosing = isSelecting && (asked || selection.isAll || selection.ids.size > 0);

  const columns: Column<Row<'members'>>[] = [
    { title: t('members.person'), sort: 'name', width: '38%', render: ({ user }) => <PersonChip person={user} /> },
    { title: t('members.roles'), render: (member) => <RoleChips roles={member.roles} /> },
    {
      title: t('status.label'),
      width: '130px',
      render: ({ status }) => <StatusDot tone={memberStatus[status].tone}>{t(memberStatus[status].label)}</StatusDot>,
    },
    {
      title: t('members.joined'),
      sort: 'createdAt',
      width: '140px',
      align: 'end',
      render: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
  const statuses = (['active', 'suspended', 'left'] as const).map((value) => ({
    value,
    label: t(memberStatus[value].label),
  }));
  return (
    <>
      <PageHeader
        title={title ?? t('members.title')}
        lead={lead ?? t('members.lead', { tenant: place.name })}
        primary={isChoosing && isNarrow ? null : <InviteButton />}
      />
      <BulkProgress />
      <DataList
        label={title ?? t('members.title')}
        columns={columns}
        rows={members}
        state={state}
        count="members.count"
        rowTo={({ id }) => (isSelecting && isNarrow ? undefined : place.to(`members/${id}`))}
        selecting={
          isSelecting ? { selection, nameOf: ({ user }) => user.name || user.email || t('person.no_name') } : undefined
        }
        empty={{ title: t('members.empty'), text: t('members.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('members.search')} />
            <FilterSelect state={state} name="status" label={t('status.label')} options={statuses} />
            <FilterSelect
              state={state}
              name="roleId"
              label={t('members.role')}
              options={(roles.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
            <FilterToken state={state} name="endsBefore" label={t('members.ends_soon')} />
            {maySelect && !asked ? (
              <button type="button" className="text-button bulk-select" onClick={() => setAsked(true)}>
                {t('members.bulk_select')}
              </button>
            ) : null}
          </>
        }
      />
      {isChoosing ? (
        <BulkBar state={state} selection={selection} page={members.page} onClose={() => setAsked(false)} />
      ) : null}
    </>
  );
}
