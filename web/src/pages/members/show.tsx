import { useResourceParams } from '@refinedev/core';
import type { Detail, Member } from 'bff/contract';
import { Navigate } from 'react-router';
import { explainPath } from '../../core/explain-path.ts';
import { historyPath } from '../../core/history-path.ts';
import { hasMessage, t } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { memberStatus } from '../../ui/chips/status-labels.ts';
import { Avatar } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { When } from '../../ui/chips/when.tsx';
import { NotFound } from '../../ui/feedback/not-found.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { MemberActions } from './member-actions.tsx';
import { MemberRoles } from './member-roles.tsx';

const BY_USER = 'user:';

/** /members/<id>, or /members/user:<id> where only the user id is known. */
export default function MemberPage() {
  const id = `${useResourceParams().id}`;
  return id.startsWith(BY_USER) ? <MemberOfUser userId={id.slice(BY_USER.length)} /> : <MemberById />;
}

function MemberOfUser({ userId }: { userId: string }) {
  const scope = useTenantScope();
  const { rows, ...read } = useRows<'members'>(scope.resource('members'), { fixed: { userId }, limit: 1 });
  return (
    <Loaded found={{ ...read, record: rows }}>
      {([member]) => (member ? <Navigate to={scope.to(`members/${member.id}`)} replace /> : <NotFound />)}
    </Loaded>
  );
}

function MemberById() {
  const found = useRecord<Detail<'members'>>();
  const name = userName(found.record?.user ?? {});
  return (
    <Loaded found={found}>
      {(member) => (
        <RecordPage
          title={name}
          lead={member.user.email ?? t('user.no_email')}
          mark={<Avatar id={member.user.id} name={name} imageUrl={member.user.imageUrl} size="large" />}
          secondary={<MemberActions member={member} name={name} />}
          details={<MemberDetails member={member} />}
        >
          <MemberRoles member={member} name={name} />
          <AuditTimeline title={t('members.timeline')} filter={{ subjectId: member.user.id }} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function MemberDetails({ member }: { member: Member }) {
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
