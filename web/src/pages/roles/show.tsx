import './roles.css';
import type { RoleDetail } from 'bff/contract';
import { useParams } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useCrumb } from '../../layout/breadcrumb.tsx';
import { usePlace } from '../../providers/place.tsx';
import { useRecord } from '../../providers/use-rows.ts';
import { AuditTimeline } from '../../ui/audit-timeline.tsx';
import { DetailLayout, Loaded } from '../../ui/detail-layout.tsx';
import { Note } from '../../ui/note.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CloneRole, DeleteRole, EditRole } from './role-actions.tsx';
import { RoleFacts } from './role-facts.tsx';
import { RoleFamily } from './role-family.tsx';
import { RoleHolders } from './role-holders.tsx';
import { RoleMarks } from './role-name.tsx';
import { RolePermissions } from './role-permissions.tsx';
import { RoleVersions } from './role-versions.tsx';

export default function RolePage() {
  const { id = '' } = useParams();
  const place = usePlace();
  const found = useRecord<'roles'>(place.resource('roles'), id);
  useCrumb(found.record?.name);
  return <Loaded found={found}>{(role) => <RoleStory role={role} />}</Loaded>;
}

function RoleStory({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  return (
    <DetailLayout
      header={
        <PageHeader
          title={role.name}
          lead={
            <>
              <RoleMarks role={role} /> {role.description}
            </>
          }
          secondary={
            <>
              <CloneRole role={role} />
              <DeleteRole role={role} />
            </>
          }
          primary={<EditRole role={role} />}
        />
      }
      facts={<RoleFacts role={role} />}
    >
      {role.isSystem ? <Note>{t('roles.system_note')}</Note> : null}
      <RolePermissions role={role} />
      <RoleHolders role={role} />
      <RoleFamily role={role} />
      <RoleVersions role={role} />
      <AuditTimeline title={t('roles.timeline')} filter={{ targetId: role.id }} />
    </DetailLayout>
  );
}
