import './explain.css';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { PermissionSelect } from '../../features/permissions/permission-select.tsx';
import { useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { UserSelect } from '../../ui/form/user-select.tsx';
import { Loaded } from '../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Answer } from './answer.tsx';
import { Holders } from './holders.tsx';
import { ResourceField } from './resource-field.tsx';
import { useExplanation } from './use-access.ts';

/** Checks a user's access and explains it; the second tab lists who has a permission. */
export default function ExplainPage() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const state = useListState({ filters: ['userId', 'permission', 'view', 'resource'] });
  const canExplainOthers = scope.can('access:explain');
  const { userId, permission, resource } = state.filters;
  const showsHolders = canExplainOthers && state.filters.view === 'who';
  const tab = (view: 'who' | undefined, label: string) => (
    <Link
      to={explainPath(scope.base, { userId, permission, resource, ...(view ? { view } : {}) })}
      aria-current={showsHolders === (view === 'who') ? 'page' : undefined}
    >
      {label}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={t('explain.title')}
        lead={t(canExplainOthers ? 'explain.lead' : 'explain.lead_own', { tenant: scope.name })}
      />
      {canExplainOthers ? (
        <nav className="explain-tabs" aria-label={t('explain.title')}>
          {tab(undefined, t('explain.check_access'))}
          {tab('who', t('explain.who_has_permission'))}
        </nav>
      ) : null}
      {showsHolders ? (
        <>
          <div className="explain-question">
            <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />
          </div>
          <CheckedResource state={state} />
          <Holders permission={permission} state={state} />
        </>
      ) : (
        <Why state={state} canExplainOthers={canExplainOthers} />
      )}
    </>
  );
}

function Why({ state, canExplainOthers }: { state: ListState; canExplainOthers: boolean }) {
  const { t } = useI18n();
  const me = useMe();
  const { permission, resource } = state.filters;
  const userId = (canExplainOthers ? state.filters.userId : undefined) ?? me.user.id;
  const found = useExplanation(userId, permission, resource);
  const known = [me.user, ...(found.record ? [found.record.user] : [])].filter(({ id }) => id === userId);
  return (
    <>
      <div className="explain-question">
        {canExplainOthers ? (
          <UserSelect
            label={t('explain.user')}
            placeholder={t('explain.user')}
            value={userId}
            known={known}
            onChange={(next) => state.set({ userId: next })}
          />
        ) : null}
        <PermissionSelect value={permission} onChange={(code) => state.set({ permission: code })} />
      </div>
      <CheckedResource state={state} />
      {permission ? (
        <Loaded found={{ result: found.record, query: { error: found.error, refetch: found.retry } }}>
          {(explanation) => <Answer explanation={explanation} />}
        </Loaded>
      ) : (
        <EmptyState title={t('explain.choose_permission')} text={t('explain.choose_permission_text')} />
      )}
    </>
  );
}

function CheckedResource({ state }: { state: ListState }) {
  const { permission, resource } = state.filters;
  if (!permission) return null;
  return <ResourceField key={resource} resource={resource} onAsk={(next) => state.set({ resource: next })} />;
}
