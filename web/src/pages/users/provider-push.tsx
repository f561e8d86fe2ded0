import type { IdentityPush } from 'bff/contract';
import { Link } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { When } from '../../ui/chips/when.tsx';

/** Whether the role was pushed to the identity provider; hidden if it is never pushed. */
export function ProviderPush({ userId }: { userId: string }) {
  const scope = useTenantScope();
  const isPushed = useSessionInfo()?.hasDirectory === true;
  const pushOf = (pushes: IdentityPush[] | undefined) => pushes?.find(({ objectType }) => objectType === 'user');
  const { rows } = useRows<'identity-pushes'>('identity-pushes', {
    fixed: { userId },
    enabled: isPushed && scope.can('sync:read'),
    poll: { while: (pushes) => pushOf(pushes)?.status === 'pending', every: 2_000 },
  });
  const push = pushOf(rows);
  if (!push) return null;
  const { status, attempts, pushedAt, nextAttemptAt } = push;
  if (status === 'dead')
    return (
      <StatusDot tone="bad">
        {t('users.push_failed', { count: attempts })} <Link to={scope.to('sync/outbox')}>{t('users.push_retry')}</Link>
      </StatusDot>
    );
  if (status === 'scheduled' && nextAttemptAt)
    return <StatusDot tone="neutral">{rich('users.push_scheduled', { when: <When at={nextAttemptAt} /> })}</StatusDot>;
  if (status === 'done' && pushedAt)
    return <StatusDot tone="good">{rich('users.push_sent', { when: <When at={pushedAt} /> })}</StatusDot>;
  if (status === 'done') return null;
  return attempts > 0 && nextAttemptAt ? (
    <StatusDot tone="warn">
      {rich('users.push_retrying', { count: attempts, when: <When at={nextAttemptAt} /> })}
    </StatusDot>
  ) : (
    <StatusDot tone="neutral">{t('users.push_pending')}</StatusDot>
  );
}
