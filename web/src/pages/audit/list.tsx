import './audit.css';
import type { AuditLog, Row } from 'bff/contract';
import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useListPage } from '../../providers/data/use-list-page.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EventReason } from '../../ui/audit/event-reason.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { outcomeStatus } from '../../ui/chips/status-labels.ts';
import { userName } from '../../ui/chips/user-name.ts';
import { When } from '../../ui/chips/when.tsx';
import { lazyPart } from '../../ui/feedback/lazy.tsx';
import { useKnownUser } from '../../ui/form/use-known-user.ts';
import type { Column } from '../../ui/list/column.ts';
import { FilterToken } from '../../ui/list/filter-token.tsx';
import { FilterFace, FilterPeriod, FilterSelect, SearchBox } from '../../ui/list/filters.tsx';
import { ListPage } from '../../ui/list/list-page.tsx';

export default function AuditList() {
  const scope = useTenantScope();
  // A tenant reads its own log; the platform reads all.
  const everywhere = scope.kind === 'platform';
  const list = useListPage<'audit-logs'>();
  const columns: Column<Row<'audit-logs'>>[] = [
    {
      title: t('audit.event'),
      render: (event) => (
        <>
          <AuditSummary event={event} withTenant={everywhere} />
          <EventReason event={event} />
        </>
      ),
    },
    { title: t('audit.result'), width: '120px', render: ({ outcome }) => <Status {...outcomeStatus[outcome]} /> },
    {
      title: t('audit.when'),
      sort: 'createdAt',
      width: '140px',
      align: 'end',
      render: ({ id, createdAt }) => (
        <Link to={scope.to(`audit/${id}`)} className="plain-link row-target">
          <When at={createdAt} />
        </Link>
      ),
    },
  ];
  return (
    <ListPage
      title={t('audit.title')}
      lead={t('audit.lead')}
      columns={columns}
      {...list}
      count="audit.count"
      empty={{ title: t('audit.none') }}
      filters={<AuditFilters state={list.state} events={list.rows.rows} />}
    />
  );
}

const UserSelect = lazyPart(async () => ({ default: (await import('../../ui/form/user-select.tsx')).UserSelect }));

/** The target types to filter by, and one action worth its own entry. */
const ENTITIES = {
  'member.': { label: 'audit.entity_member' },
  'member.roles_changed': { label: 'audit.entity_roles_changed' },
  'invitation.': { label: 'audit.entity_invitation' },
  'role.': { label: 'audit.entity_role' },
  'permission.': { label: 'audit.entity_permission' },
  'tenant.': { label: 'audit.entity_tenant' },
  'user.': { label: 'audit.entity_user' },
  'session.': { label: 'audit.entity_session' },
  'api-key.': { label: 'audit.entity_api_key' },
  'sync.': { label: 'audit.entity_sync' },
} as const;

type Props = {
  state: ListState;
  /** The events shown: they name the actor that they are filtered by, who may have left since. */
  events: AuditLog[] | undefined;
};

function AuditFilters({ state, events }: Props) {
  const { actorId } = state.filters;
  const shown = events?.find((event) => event.actor.id === actorId)?.actor;
  const known = useKnownUser(events && !shown ? actorId : undefined);
  const actor = shown ?? known;
  const name = actor ? userName(actor) : t('audit.unknown_user');
  return (
    <>
      <SearchBox state={state} label={t('audit.search')} />
      <FilterFace label={t('audit.actor')} chosen={actorId && name} load={UserSelect.prefetch}>
        <UserSelect
          autoFocus
          defaultOpen
          allowClear
          variant="borderless"
          popupMatchSelectWidth={260}
          label={t('audit.actor')}
          placeholder={t('list.all', { label: t('audit.actor') })}
          value={actorId}
          known={actorId ? [{ id: actorId, name, email: actor?.email ?? null }] : []}
          onChange={(next) => state.set({ actorId: next })}
        />
      </FilterFace>
      <FilterSelect state={state} name="action" label={t('audit.action')} options={ENTITIES} />
      <FilterSelect state={state} name="outcome" label={t('audit.result')} options={outcomeStatus} />
      <FilterPeriod state={state} name="createdAt" />
      <FilterToken state={state} name="impersonatorId" label={t('audit.one_impersonator')} />
      <FilterToken state={state} name="subjectId" label={t('audit.one_user')} />
      <FilterToken state={state} name="targetId" label={t('audit.one_object')} />
      <FilterToken state={state} name="requestId" label={t('audit.one_request')} />
    </>
  );
}
