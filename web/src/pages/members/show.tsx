import { useResourceParams, useShow } from '@refinedev/core';
import type { Detail } from 'bff/contract';
import { Navigate } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { Avatar } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { NotFound } from '../../ui/feedback/not-found.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { MemberActions } from './member-actions.tsx';
import { MemberDetails } from './member-details.tsx';
import { MemberRoles } from './member-roles.tsx';

const BY_USER = 'user:';

/** /members/<id>, or /members/user:<id> where only the user id is known. */
export default function MemberPage() {
  const id = `${useResourceParams().id}`;
  return id.startsWith(BY_USER) ? <MemberOfUser userId={id.slice(BY_USER.length)} /> : <Member />;
}

function MemberOfUser({ userId }: { userId: string }) {
  const scope = useTenantScope();
  const { rows, error, retry } = useRows<'members'>(scope.resource('members'), { fixed: { userId }, limit: 1 });
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!rows) return <ListSkeleton rows={6} columns={2} />;
  const member = rows[0];
  if (!member) return <NotFound />;
  return <Navigate to={scope.to(`members/${member.id}`)} replace />;
}

function Member() {
  const { t } = useI18n();
  const found = useShow<Detail<'members'>>();
  const name = userName(found.result?.user ?? {});
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
