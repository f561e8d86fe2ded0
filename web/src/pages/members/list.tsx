import type { Row } from 'bff/contract';
import { useState } from 'react';
import { InviteButton } from '../../features/invite/invite-button.tsx';
import { t } from '../../i18n/i18n.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChips } from '../../ui/chips/role-chip.tsx';
import { memberStatus } from '../../ui/chips/status-labels.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import type { Column } from '../../ui/list/column.ts';
import { statusColumn, timeColumn } from '../../ui/list/columns.tsx';
import { FilterToken } from '../../ui/list/filter-token.tsx';
import { FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';
import { useSelection } from '../../ui/list/selection.ts';
import { useNarrow } from '../../ui/page/use-narrow.ts';
import { BulkBar } from './bulk/bar.tsx';
import { BulkProgress } from './bulk/progress.tsx';
import { RoleFilter } from './role-filter.tsx';

/** The members of a tenant; those of the platform are called staff. */
export default function MemberList() {
  const scope = useTenantScope();
  const isStaff = scope.kind === 'platform';
  const list = useListPage<'members'>();
  const { state } = list;
  const selection = useSelection(state);
  const isNarrow = useNarrow();
  const [asked, setAsked] = useState(false);
  const canSelect = scope.can('roles:assign') && state.filters.status !== 'left';
  // On a phone the checkboxes appear in selection mode, where a tap selects the row.
  const isSelecting = canSelect && (asked || !isNarrow);
  const isChoosing = isSelecting && (asked || selection.isAll || selection.ids.size > 0);

  const columns: Column<Row<'members'>>[] = [
    { title: t('members.member'), sort: 'name', width: '38%', render: ({ user }) => <UserChip user={user} /> },
    { title: t('members.roles'), render: (member) => <RoleChips roles={member.roles} /> },
    statusColumn(t('status.label'), '130px', memberStatus),
    timeColumn('createdAt', t('members.joined')),
  ];
  return (
    <>
      <ListPage
        title={t(isStaff ? 'staff.title' : 'members.title')}
        lead={isStaff ? t('staff.lead') : t('members.lead', { tenant: scope.name })}
        primary={isChoosing && isNarrow ? null : <InviteButton />}
        above={<BulkProgress />}
        columns={columns}
        {...list}
        count="members.count"
        rowTo={({ id }) => (isSelecting && isNarrow ? undefined : scope.to(`members/${id}`))}
        selecting={isSelecting ? { selection, nameOf: ({ user }) => userName(user) } : undefined}
        empty={{ title: t('members.empty'), text: t('members.empty_text') }}
        filters={
          <>
            <SearchBox state={state} label={t('members.search')} />
            <FilterSelect state={state} name="status" label={t('status.label')} options={memberStatus} />
            <RoleFilter state={state} />
            <FilterToken state={state} name="endsBefore" label={t('members.expires_soon')} />
            {canSelect && !asked ? (
              <button type="button" className="text-button bulk-select" onClick={() => setAsked(true)}>
                {t('members.bulk_select')}
              </button>
            ) : null}
          </>
        }
      />
      {isChoosing ? (
        <BulkBar state={state} selection={selection} page={list.rows.page} onClose={() => setAsked(false)} />
      ) : null}
    </>
  );
}
