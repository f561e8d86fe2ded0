import { useOne } from '@refinedev/core';
import type { AccessExplanation, AuditLog } from 'bff/contract';
import { explainPath } from '../../core/explain-path.ts';
import { AccessLoaded } from '../../features/access/outside-history.tsx';
import { PermissionHolders } from '../../features/access/permission-holders.tsx';
import { Question } from '../../features/access/question.tsx';
import { useAccess } from '../../features/access/use-access.ts';
import { PermissionSelect } from '../../features/permissions/permission-select.tsx';
import { hasMessage, t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useMe } from '../../providers/auth/session.ts';
import { type ListState, useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditSummary } from '../../ui/audit/summary.tsx';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { UserSelect } from '../../ui/form/user-select.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Section } from '../../ui/page/section.tsx';
import { Tabs } from '../../ui/page/tabs.tsx';
import { Answer } from './answer.tsx';
import { ResourceField } from './resource-field.tsx';

/** Checks a user's access and explains it; the second tab lists who has a permission. */
export default function ExplainPage() {
  const me = useMe();
  const scope = useTenantScope();
  const state = useListState({ filters: ['userId', 'tenant', 'permission', 'view', 'resource', 'at', 'event'] });
  const canExplainOthers = scope.can('access:explain');
  const { permission, view, event, at: _at, ...filters } = state.filters;
  const showsHolders = canExplainOthers && view === 'who';
  const named = canExplainOthers ? state.filters.userId : undefined;
  const userId = named ?? me.user.id;
  const tab = (of: 'who' | undefined, label: string) => ({
    to: explainPath(scope.base, { ...filters, permission, view: of }),
    label,
    isCurrent: showsHolders === (of === 'who'),
  });
  const what = (
    <PermissionSelect
      value={permission}
      onChange={(code) => state.set({ permission: code, at: undefined, event: undefined })}
    />
  );
  const resource = permission ? (
    <ResourceField key={filters.resource} resource={filters.resource} onAsk={(next) => state.set({ resource: next })} />
  ) : null;
  return (
    <>
      <PageHeader
        title={t('explain.title')}
        lead={
          scope.kind === 'platform'
            ? t('explain.lead_platform')
            : t(canExplainOthers ? 'explain.lead' : 'explain.lead_own', { tenant: scope.name })
        }
      />
      {canExplainOthers ? (
        <Tabs
          label={t('explain.title')}
          tabs={[tab(undefined, t('explain.check_access')), tab('who', t('explain.who_has_permission'))]}
        />
      ) : null}
      {showsHolders ? (
        <Question state={state} what={what}>
          {resource}
          <PermissionHolders state={state} />
        </Question>
      ) : (
        <Question
          state={state}
          userId={named}
          user={canExplainOthers ? <AskedUser userId={userId} state={state} /> : null}
          what={what}
        >
          {event ? <DeniedEvent auditLogId={event} /> : resource}
          {permission ? (
            <Answers userId={userId} permission={permission} state={state} />
          ) : (
            <EmptyState title={t('explain.choose_permission')} text={t('explain.choose_permission_text')} />
          )}
        </Question>
      )}
    </>
  );
}

function AskedUser({ userId, state }: { userId: string; state: ListState }) {
  const me = useMe();
  return (
    <UserSelect
      label={t('explain.user')}
      placeholder={t('explain.user')}
      value={userId}
      known={[me.user].filter(({ id }) => id === userId)}
      onChange={(next) => state.set({ userId: next, tenant: undefined, at: undefined, event: undefined })}
    />
  );
}

/** The answer as of now; after that of the date asked about, if any. */
function Answers({ userId, permission, state }: { userId: string; permission: string; state: ListState }) {
  const { resource, at } = state.filters;
  const asked = { userId, permission, resource };
  const now = useAccess<AccessExplanation>('explain', asked);
  const then = useAccess<AccessExplanation>('explain', { ...asked, asOf: at }, at !== undefined);
  const current = <AccessLoaded found={now}>{(explanation) => <Answer explanation={explanation} />}</AccessLoaded>;
  if (!at) return current;
  return (
    <>
      <AccessLoaded found={then}>{(explanation) => <Answer explanation={explanation} at={at} />}</AccessLoaded>
      <Section title={t('explain.now')}>{current}</Section>
    </>
  );
}

/** The denied operation that is explained, and its reason where that is more than a missing permission. */
function DeniedEvent({ auditLogId }: { auditLogId: string }) {
  const me = useMe();
  const scope = useTenantScope();
  const readsAll = me.platform.permissions.includes('audit:read-all');
  const { result: event } = useOne<AuditLog>({
    resource: readsAll ? 'audit-logs' : scope.resource('audit-logs'),
    id: auditLogId,
    queryOptions: { enabled: readsAll || scope.can('audit:read') },
  });
  if (!event) return null;
  const key = `audit.denied_${event.reason}`;
  return (
    <Note>
      <AuditSummary event={event} />{' '}
      {hasMessage(key) ? rich(key, { permission: <PermissionTag code={event.permission ?? ''} /> }) : null}
    </Note>
  );
}
