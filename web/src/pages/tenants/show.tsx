import './tenants.css';
import { useShow } from '@refinedev/core';
import type { TenantDetail } from 'bff/contract';
import { Link } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { Since } from '../../ui/chips/when.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { DetailLayout, Loaded } from '../../ui/page/detail-layout.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { RenameTenant } from './rename-tenant.tsx';
import { TenantDetails } from './tenant-details.tsx';
import { TenantOwners } from './tenant-owners.tsx';
import { TenantStatusButton } from './tenant-status.tsx';

export default function TenantPage() {
  return <Loaded found={useShow<TenantDetail>()}>{(tenant) => <TenantContent tenant={tenant} />}</Loaded>;
}

function TenantContent({ tenant }: { tenant: TenantDetail }) {
  const { t } = useI18n();
  const { id, name, slug, kind } = tenant;
  const { home } = usePaths(tenant);
  return (
    <DetailLayout
      header={
        <PageHeader
          title={name}
          lead={<span translate="no">{slug}</span>}
          mark={<TenantMark id={id} name={name} size={44} />}
          secondary={
            <>
              <RenameTenant tenant={tenant} />
              {kind === 'customer' ? <TenantStatusButton tenant={tenant} /> : null}
            </>
          }
          primary={
            home ? (
              <Link className="tenant-open" to={home}>
                {t('tenants.open')}
              </Link>
            ) : null
          }
        />
      }
      details={<TenantDetails tenant={tenant} />}
    >
      <Ownerless tenant={tenant} />
      <TenantOwners tenant={tenant} />
      <AuditTimeline title={t('tenants.timeline')} filter={{ tenantId: id }} everywhere />
    </DetailLayout>
  );
}

/** Says that the tenant has no owner: an alarm once it is no longer new and no first owner is invited. */
function Ownerless({ tenant }: { tenant: TenantDetail }) {
  const { t, rich } = useI18n();
  const { name, slug, ownership, ownerlessSince, createdAt } = tenant;
  if (ownership === 'owned') return null;
  const params = { name: <strong>{name}</strong>, time: <Since at={ownerlessSince ?? createdAt} /> };
  return (
    <Note tone={ownership === 'missing' ? 'bad' : 'neutral'}>
      {rich(`tenants.ownership_${ownership}_note`, params)}{' '}
      <Link to={`${tenantPath(slug)}/invitations`}>
        {t(ownership === 'invited' ? 'tenants.view_invitation' : 'tenants.invite_owner')}
      </Link>
    </Note>
  );
}
