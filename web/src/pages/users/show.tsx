import './users.css';
import { useShow } from '@refinedev/core';
import type { UserDetail } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { Avatar } from '../../ui/chips/user-chip.tsx';
import { userName } from '../../ui/chips/user-name.ts';
import { Note } from '../../ui/feedback/note.tsx';
import { DetailLayout, Loaded } from '../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { AppRole } from './app-role.tsx';
import { UserDetails } from './user-details.tsx';
import { UserMemberships } from './user-memberships.tsx';

/** A user: profile, memberships with roles, and audit timelines. */
export default function UserPage() {
  const { t } = useI18n();
  const found = useShow<UserDetail>();
  const name = found.result?.deletedAt ? t('users.deleted_name') : userName(found.result ?? {});
  return (
    <Loaded found={found}>
      {(user) => (
        <DetailLayout
          header={
            <PageHeader
              title={name}
              lead={user.deletedAt ? user.id : (user.email ?? t('user.no_email'))}
              mark={<Avatar id={user.id} name={name} imageUrl={user.imageUrl} size="large" />}
            />
          }
          details={<UserDetails user={user} />}
        >
          {user.deletedAt ? <Note>{t('users.deleted_note')}</Note> : null}
          <AppRole user={user} name={name} />
          <UserMemberships user={user} />
          <AuditTimeline
            title={t('users.history')}
            filter={{ subjectId: user.id }}
            limit={8}
            everywhere
            empty={t('users.history_none')}
          />
          <AuditTimeline
            title={t('users.activity')}
            filter={{ actorId: user.id }}
            limit={8}
            everywhere
            empty={t('users.activity_none')}
          />
        </DetailLayout>
      )}
    </Loaded>
  );
}
