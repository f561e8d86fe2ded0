import type { Member } from 'bff/contract';
import { explainPath } from '../../core/explain-path.ts';
import { historyPath } from '../../core/history-path.ts';
import { hasMessage, useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { memberStatus } from '../../ui/chips/status-labels.ts';
import { When } from '../../ui/chips/when.tsx';
import { Details } from '../../ui/page/record-page.tsx';

export function MemberDetails({ member }: { member: Member }) {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const { status, source, user, createdAt, leftAt } = member;
  const sourceKey = `members.source_${source}`;
  const canExplain = scope.can('access:explain');
  return (
    <Details
      rows={{
        [t('status.label')]: <Status {...memberStatus[status]} />,
        [t('members.joined')]: <When at={createdAt} />,
        [t('members.left')]: leftAt && <When at={leftAt} />,
        [t('members.banned')]: user.banned && <Status tone="bad" label="members.banned" />,
        [t('members.deleted_account')]: user.deletedAt && <When at={user.deletedAt} />,
        [t('members.source')]: hasMessage(sourceKey) ? t(sourceKey) : source,
        [t('members.user_id')]: <code translate="no">{user.id}</code>,
      }}
      links={{
        [t('explain.of_user')]: canExplain && explainPath(scope.base, { userId: user.id }),
        [t('access_history.of_user')]: canExplain && historyPath(scope.base, { userId: user.id }),
        [t('members.activity')]:
          scope.can('audit:read') && scope.to(`audit?${new URLSearchParams({ actorId: user.id })}`),
        [t('members.view_user')]:
          me.platform.permissions.includes('users:read') && `/platform/users/${encodeURIComponent(user.id)}`,
      }}
    />
  );
}
