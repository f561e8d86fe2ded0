import { Alert } from 'antd';
import type { EffectiveAccess } from 'bff/contract';
import { AccessLoaded } from '../../features/access/outside-history.tsx';
import { useAccess } from '../../features/access/use-access.ts';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { EffectiveList } from './effective-list.tsx';
import { RoleTimeline } from './role-timeline.tsx';

/** A user's permissions at a date, with their roles over time. */
export function UserAccess({ state }: { state: ListState }) {
  const { t } = useI18n();
  const { userId, at } = state.filters;
  const found = useAccess<EffectiveAccess>('effective', { userId, asOf: at }, userId !== undefined);
  if (!userId)
    return <EmptyState title={t('access_history.choose_user')} text={t('access_history.choose_user_text')} />;
  return (
    <>
      <RoleTimeline userId={userId} at={at} onChange={(date) => state.set({ at: date }, { replace: true })} />
      <AccessLoaded found={found} list={state}>
        {(access) => <Answer access={access} at={at} state={state} />}
      </AccessLoaded>
    </>
  );
}

type Props = { access: EffectiveAccess; at: string | undefined; state: ListState };

function Answer({ access, at, state }: Props) {
  const { t, rich } = useI18n();
  const scope = useTenantScope();
  const { user, permissions, blocked } = access;
  const name = userName(user, 'explain.unknown_user');
  const params = { user: <strong>{name}</strong>, tenant: scope.name, count: permissions.length };
  const when = at ? t('access_history.on_date', { when: shortTime(access.asOf) }) : t('access_history.currently');
  return (
    <>
      <Alert
        className="access-verdict"
        role="status"
        type={permissions.length > 0 ? 'success' : 'error'}
        message={
          <>
            {when} {rich(at ? 'access_history.had_permissions' : 'access_history.has_permissions', params)}
          </>
        }
        description={blocked ? rich(`access_history.blocked_${blocked}`, params) : undefined}
      />
      {permissions.length > 0 ? <EffectiveList permissions={permissions} state={state} /> : null}
    </>
  );
}
