import { useShow } from '@refinedev/core';
import type { RoleDetail } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { roleDescription, roleName } from '../../i18n/role-name.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { EditRole, RoleActions } from './role-actions.tsx';
import { RoleDetails } from './role-details.tsx';
import { RoleHolders } from './role-holders.tsx';
import { RoleMarks } from './role-name.tsx';
import { RolePermissions } from './role-permissions.tsx';
import { RoleVersions } from './versions/versions.tsx';

export default function RolePage() {
  return <Loaded found={useShow<RoleDetail>()}>{(role) => <RoleContent role={role} />}</Loaded>;
}

function RoleContent({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  return (
    <RecordPage
      title={roleName(role)}
      lead={
        <>
          <RoleMarks role={role} /> {roleDescription(role)}
        </>
      }
      secondary={<RoleActions role={role} />}
      primary={<EditRole role={role} />}
      details={<RoleDetails role={role} />}
    >
      {role.isSystem ? <Note>{t('roles.system_note')}</Note> : null}
      <RolePermissions role={role} />
      <RoleHolders role={role} />
      <RoleVersions role={role} />
      <AuditTimeline title={t('roles.timeline')} filter={{ targetId: role.id }} />
    </RecordPage>
  );
}
