import type { Member } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { historyPath } from '../../core/history-path.ts';
import { hasMessage, useI18n } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { memberStatus } from '../../ui/chips/status-labels.ts';
import { When } from '../../ui/chips/when.tsx';
import { Details } from '../../ui/page/detail-layout.tsx';

export function MemberDetails({ member }: { member: Member }) {
  const { t } = useI18n();
  const me = useMe();
  const scope = useTenantScope();
  const { status, source, user, createdAt, leftAt } = member;
  const sourceKey = `members.source_${source}`;
  const rows: [string, ReactNode][] = [
    [
      t('status.label'),
      <StatusDot key="status" tone={memberStatus[status].tone}>
        {t(memberStatus[status].label)}
      </StatusDot>,
    ],
    [t('members.joined'), <When key="joined" at={createdAt} />],
  ];
  if (leftAt) rows.push([t('members.left'), <When key="left" at={leftAt} />]);
  if (user.banned)
    rows.push([
      t('members.banned'),
      <StatusDot key="banned" tone="bad">
        {t('members.banned')}
      </StatusDot>,
    ]);
  if (user.deletedAt) rows.push([t('members.deleted_account'), <When key="deleted" at={user.deletedAt} />]);
  rows.push([t('members.source'), hasMessage(sourceKey) ? t(sourceKey) : source]);
  rows.push([
    t('members.user_id'),
    <span key="id" className="mono">
      {user.id}
    </span>,
  ]);
  const activity = scope.to(`audit?${new URLSearchParams({ actorId: user.id })}`);
  return (
    <>
      <Details rows={rows} />
      {scope.can('access:explain') ? (
        <p className="details-more">
          <Link to={explainPath(scope.base, { userId: user.id })}>{t('explain.of_user')}</Link>
        </p>
      ) : null}
      {scope.can('access:explain') ? (
        <p className="details-more">
          <Link to={historyPath(scope.base, { userId: user.id })}>{t('access_history.of_user')}</Link>
        </p>
      ) : null}
      {scope.can('audit:read') ? (
        <p className="details-more">
          <Link to={activity}>{t('members.activity')}</Link>
        </p>
      ) : null}
      {me.platform.permissions.includes('users:read') ? (
        <p className="details-more">
          <Link to={`/platform/users/${encodeURIComponent(user.id)}`}>{t('members.view_user')}</Link>
        </p>
      ) : null}
    </>
  );
}
