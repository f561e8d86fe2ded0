import type { Permission } from 'bff/contract';
import { Link } from 'react-router';
import { useCatalogue } from '../../features/permissions/use-catalogue.ts';
import { t } from '../../i18n/i18n.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { permissionGroup, permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { When } from '../../ui/chips/when.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { useCanCount } from './use-usage.ts';
import { UsedBy } from './used-by.tsx';

const EditDescription = lazyDialog(() => import('./edit-description.tsx'));
const RetirePermission = lazyDialog(() => import('./retire.tsx'));

export default function PermissionPage() {
  return (
    <Loaded found={useRecord<Permission>()}>
      {(permission) => (
        <RecordPage
          title={permission.code}
          lead={permissionLabel(permission)}
          secondary={<RetireButton permission={permission} />}
          primary={
            <DialogButton
              type="primary"
              permission="permissions:update"
              label={t('permissions.edit')}
              blocked={permission.isSystem ? t('permissions.is_system') : undefined}
            >
              {(close) => <EditDescription permission={permission} onClose={close} />}
            </DialogButton>
          }
          details={<PermissionDetails permission={permission} />}
        >
          {permission.isSystem ? <Note>{t('permissions.system_note')}</Note> : null}
          {permission.retiredAt ? <Note tone="warn">{t('permissions.retired_note')}</Note> : null}
          <UsedBy permission={permission} />
          <Related permission={permission} />
          <AuditTimeline title={t('permissions.timeline')} filter={{ targetId: permission.code }} />
        </RecordPage>
      )}
    </Loaded>
  );
}

export function RetireButton({ permission }: { permission: Permission }) {
  const canCount = useCanCount();
  const blocked = permission.isSystem ? 'permissions.system_not_retirable' : 'permissions.retire_requires_tenants';
  return (
    <DialogButton
      permission="permissions:update"
      danger={!permission.retiredAt}
      label={t(permission.retiredAt ? 'permissions.restore_short' : 'permissions.retire_short')}
      blocked={permission.isSystem || !canCount ? t(blocked) : undefined}
    >
      {(close) => <RetirePermission permission={permission} onClose={close} />}
    </DialogButton>
  );
}

function PermissionDetails({ permission }: { permission: Permission }) {
  const { scope, isSystem, retiredAt, createdAt } = permission;
  return (
    <Details
      rows={{
        [t('permissions.provided_by')]: t(isSystem ? 'permissions.rolecall' : 'permissions.app'),
        [t('permissions.scope')]: (
          <>
            {t(`permissions.scope_${scope}`)}
            <span className="second">{t(`permissions.scope_${scope}_text`)}</span>
          </>
        ),
        [t('permissions.added_when')]: <When at={createdAt} />,
        [t('permissions.retired')]: retiredAt && <When at={retiredAt} />,
      }}
    />
  );
}

/** Other permissions of the same resource. */
function Related({ permission }: { permission: Permission }) {
  const scope = useTenantScope();
  const { resource } = permission;
  const { permissions, error, retry } = useCatalogue(undefined);
  const rows = permissions?.filter((each) => each.resource === resource && each.code !== permission.code);
  return (
    <ListSection
      list="section-grid"
      title={t('permissions.related', { resource: permissionGroup(resource) })}
      rows={{ rows, error, retry }}
      empty={t('permissions.related_none', { resource: permissionGroup(resource) })}
    >
      {(other) => (
        <li key={other.code}>
          <span className="row">
            <Link className="plain-link" to={scope.to(`permissions/${encodeURIComponent(other.code)}`)}>
              <PermissionTag code={other.code} />
            </Link>
          </span>
          <span className="row muted">
            <bdi>{permissionLabel(other)}</bdi>
          </span>
        </li>
      )}
    </ListSection>
  );
}
