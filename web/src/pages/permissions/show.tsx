import './permissions.css';
import { useShow } from '@refinedev/core';
import type { Permission } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useCatalogue } from '../../features/permissions/use-catalogue.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { When } from '../../ui/chips/when.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { DetailLayout, Details, Loaded } from '../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { Section } from '../../ui/page/section.tsx';
import { EditDescription } from './description-dialog.tsx';
import { RetirePermission } from './retire.tsx';
import { UsedBy } from './used-by.tsx';

export default function PermissionPage() {
  const { t } = useI18n();
  return (
    <Loaded found={useShow<Permission>()}>
      {(permission) => (
        <DetailLayout
          header={
            <PageHeader
              title={permission.code}
              lead={permissionLabel(permission)}
              secondary={<RetirePermission permission={permission} />}
              primary={<EditDescription permission={permission} />}
            />
          }
          details={<PermissionDetails permission={permission} />}
        >
          {permission.isSystem ? <Note>{t('permissions.system_note')}</Note> : null}
          {permission.retiredAt ? <Note tone="warn">{t('permissions.retired_note')}</Note> : null}
          <UsedBy permission={permission} />
          <Related permission={permission} />
          <AuditTimeline title={t('permissions.timeline')} filter={{ targetId: permission.code }} />
        </DetailLayout>
      )}
    </Loaded>
  );
}

function PermissionDetails({ permission }: { permission: Permission }) {
  const { t } = useI18n();
  const { scope, isSystem, retiredAt, createdAt } = permission;
  const rows: [string, ReactNode][] = [
    [t('permissions.provided_by'), t(isSystem ? 'permissions.rolecall' : 'permissions.app')],
    [
      t('permissions.scope'),
      <span key="scope">
        {t(`permissions.scope_${scope}`)}
        <br />
        <span className="muted">{t(`permissions.scope_${scope}_text`)}</span>
      </span>,
    ],
    [t('permissions.added_when'), <When key="added" at={createdAt} />],
  ];
  if (retiredAt) rows.push([t('permissions.retired'), <When key="retired" at={retiredAt} />]);
  return <Details rows={rows} />;
}

/** Other permissions of the same resource. */
function Related({ permission }: { permission: Permission }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { resource } = permission;
  const { permissions } = useCatalogue(undefined);
  const others = permissions?.filter((each) => each.resource === resource && each.code !== permission.code);
  if (!others) return null;
  return (
    <Section title={t('permissions.related', { resource })}>
      {others.length === 0 ? (
        <p className="muted empty-muted">{t('permissions.related_none', { resource })}</p>
      ) : (
        <ul className="related">
          {others.map(({ code, description }) => (
            <li key={code}>
              <Link to={scope.to(`permissions/${encodeURIComponent(code)}`)}>
                <PermissionTag code={code} />
              </Link>
              <span className="muted">{description}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
