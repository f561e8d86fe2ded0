import { Button } from 'antd';
import type { Member } from 'bff/contract';
import { type ListState, useListState } from '../../src/providers/data/use-list-state.ts';
import type { Rows } from '../../src/providers/data/use-rows.ts';
import { RoleChips } from '../../src/ui/chips/role-chip.tsx';
import { memberStatus } from '../../src/ui/chips/status-labels.ts';
import { UserChip } from '../../src/ui/chips/user-chip.tsx';
import ChoiceSelect from '../../src/ui/list/choice-select.tsx';
import type { Column } from '../../src/ui/list/column.ts';
import { DataList } from '../../src/ui/list/data-list.tsx';
import { FilterToken } from '../../src/ui/list/filter-token.tsx';
import { ChoiceFilter, FilterFace, FilterPeriod, FilterSelect, SearchBox } from '../../src/ui/list/filters.tsx';
import { ListPage } from '../../src/ui/list/list-page.tsx';
import { useSelection } from '../../src/ui/list/selection.ts';
import type { Entry } from '../entry.ts';
import { each } from '../states.ts';
import { LONG, MEMBERS } from '../worst-data.ts';
import { errorOf } from './feedback.tsx';

const columns: Column<Member>[] = [
  { title: 'Member', sort: 'name', width: '45%', render: ({ user }) => <UserChip user={user} /> },
  { title: 'Roles', narrow: 'full', render: ({ roles }) => <RoleChips roles={roles} /> },
  { title: 'Version', align: 'end', narrow: 'hide', render: ({ version }) => version },
];
const page = { prevCursor: null, nextCursor: 'next', total: 10_000, totalIsExact: false };
const of = (rows: Member[] | undefined, more: Partial<Rows<Member>> = {}): Rows<Member> => ({
  rows,
  page: rows && { ...page, nextCursor: rows.length > 2 ? 'next' : null, total: rows.length },
  error: null,
  isFetching: false,
  retry: () => {},
  ...more,
});
const LISTS: Record<string, Rows<Member>> = {
  loading: of(undefined),
  empty: of([]),
  one: of(MEMBERS.slice(0, 1)),
  many: of(MEMBERS, { page }),
  failed: of(undefined, { error: errorOf(500, 'internal_error') }),
  denied: of(undefined, { error: errorOf(403, 'forbidden', { permission: 'members:read' }) }),
};
const OPTIONS = [
  { value: 'active', label: 'Active' },
  { value: 'long', label: LONG },
];
const filtered: Pick<ListState, 'q' | 'filters' | 'isFiltered'> = {
  q: 'no such member',
  filters: { status: 'active', roleId: 'long' },
  isFiltered: true,
};

export const list: Entry[] = [
  {
    name: 'DataList',
    states: {
      ...each(LISTS, (rows) => <Members rows={rows} />),
      'nothing found': <Members rows={of([])} state={filtered} />,
      'selected rows': <Members rows={of(MEMBERS.slice(0, 3))} isSelecting />,
      grouped: <Members rows={of(MEMBERS.slice(0, 3))} isGrouped />,
    },
  },
  { name: 'ListPage', states: { many: <Page rows={LISTS.many ?? of([])} /> } },
  { name: 'FilterSelect', states: { all: <Filters />, chosen: <Filters state={filtered} /> } },
];

type Props = { rows: Rows<Member>; state?: Partial<ListState>; isSelecting?: boolean; isGrouped?: boolean };

function Members({ rows, state, isSelecting = false, isGrouped = false }: Props) {
  const selection = useSelection({ q: '', filters: {} });
  const ids = new Set(MEMBERS.slice(0, 2).map(({ id }) => id));
  return (
    <DataList
      label="Members"
      columns={columns}
      rows={rows}
      state={{ ...useListState({ sort: 'name' }), ...state }}
      count="members.count"
      rowTo={({ id }) => `members/${id}`}
      empty={{ title: 'No members yet', text: 'Invite the first one.', action: <Button>Invite member</Button> }}
      {...(isGrouped ? { group: ({ status }: Member) => status } : {})}
      selecting={
        isSelecting
          ? { selection: { ...selection, ids, has: (id) => ids.has(id) }, nameOf: ({ user }) => user.name }
          : undefined
      }
    />
  );
}

function Page({ rows }: { rows: Rows<Member> }) {
  const empty = { title: 'No members yet' };
  return (
    <ListPage title={LONG} lead={LONG} count="members.count" state={useListState()} {...{ columns, rows, empty }} />
  );
}

function Filters({ state: more = {} }: { state?: Partial<ListState> }) {
  const state = { ...useListState(), ...more };
  return (
    <div className="data-filters">
      <SearchBox state={state} label={`Name or e-mail ${state.q}`} />
      <FilterSelect state={state} name="status" label="Status" options={memberStatus} />
      <FilterSelect state={state} name="tenant" label="Tenant" options={OPTIONS} />
      <ChoiceFilter label="Role" value={state.filters.roleId ?? ''} options={OPTIONS} onChange={() => {}} />
      <FilterFace label="Actor" chosen={state.isFiltered ? LONG : undefined} load={async () => {}}>
        <ChoiceSelect label="Actor" value="" options={OPTIONS} onChange={() => {}} />
      </FilterFace>
      <FilterPeriod state={state} name="createdAt" />
      <FilterToken state={state} name="roleId" label={LONG} />
    </div>
  );
}
