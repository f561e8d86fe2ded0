import { Button } from 'antd';
import { isTenantUsable, type TenantDetail } from 'bff/contract';
import { Link, useLinkClickHandler } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { t } from '../../i18n/i18n.ts';
import { rich } from '../../i18n/rich.ts';
import { useSessionInfo } from '../../providers/auth/session-info.ts';
import { useRecord } from '../../providers/data/use-record.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { Status, StatusDot } from '../../ui/chips/status-dot.tsx';
import { tenantStatus } from '../../ui/chips/status-labels.ts';
import { TenantMark } from '../../ui/chips/tenant-mark.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { Since, When } from '../../ui/chips/when.tsx';
import { lazyDialog } from '../../ui/feedback/lazy.tsx';
import { Note } from '../../ui/feedback/note.tsx';
import { DialogButton } from '../../ui/form/action-button.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { Details, Loaded, RecordPage } from '../../ui/page/record-page.tsx';
import { TenantStatusButton } from './tenant-status.tsx';

const RenameTenant = lazyDialog(() => import('./rename-tenant.tsx'));

type Props = { tenant: TenantDetail };

export default function TenantPage() {
  return <Loaded found={useRecord<TenantDetail>()}>{(tenant) => <TenantContent tenant={tenant} />}</Loaded>;
}

function TenantContent({ tenant }: Props) {
  const { id, name, slug, kind } = tenant;
  const { home } = usePaths(tenant);
  const open = useLinkClickHandler<HTMLElement>(home ?? '');
  return (
    <RecordPage
      title={name}
      lead={<span translate="no">{slug}</span>}
      mark={<TenantMark id={id} name={name} size={44} />}
      secondary={
        <>
          <DialogButton permission="tenant:update" label={t('tenants.rename')}>
            {(close) => <RenameTenant tenant={tenant} onClose={close} />}
          </DialogButton>
          {kind === 'customer' ? <TenantStatusButton tenant={tenant} /> : null}
        </>
      }
      primary={
        home ? (
          <Button type="primary" href={home} onClick={open}>
            {t('tenants.open')}
          </Button>
        ) : null
      }
      details={<TenantDetails tenant={tenant} />}
    >
      <Ownerless tenant={tenant} />
      <TenantOwners tenant={tenant} />
      <AuditTimeline title={t('tenants.timeline')} filter={{ tenantId: id }} everywhere />
    </RecordPage>
  );
}

/** Says that the tenant has no owner: an alarm once it is no longer new and no first owner is invited. */
function Ownerless({ tenant }: Props) {
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

const code = (text: string) => <code translate="no">{text}</code>;
const membersPath = ({ kind, slug }: TenantDetail) =>
  kind === 'platform' ? '/platform/staff' : `${tenantPath(slug)}/members`;

function TenantDetails({ tenant }: Props) {
  const hasDirectory = useSessionInfo()?.hasDirectory === true;
  const { memberCount, activeMemberCount: active, identityOrgId, ownership, ownerlessSince } = tenant;
  return (
    <Details
      rows={{
        [t('status.label')]: <Status {...tenantStatus[tenant.status]} />,
        [t('tenants.members')]: (
          <Link to={membersPath(tenant)}>
            {t('members.count', { count: memberCount })}{' '}
            {active < memberCount && isTenantUsable(tenant.status) ? (
              <span className="muted">{t('tenants.with_access', { count: active })}</span>
            ) : null}
          </Link>
        ),
        [t('tenants.owners')]:
          ownership === 'missing' && ownerlessSince ? (
            <span className="text-bad">{rich('tenants.ownerless_since', { time: <Since at={ownerlessSince} /> })}</span>
          ) : null,
        [t('tenants.created')]: <When at={tenant.createdAt} />,
        [t('tenants.changed')]: <When at={tenant.updatedAt} />,
        [t('tenants.provider')]: hasDirectory ? (identityOrgId ? code(identityOrgId) : t('tenants.not_linked')) : null,
        [t('tenants.address')]: code(`/t/${tenant.slug}`),
        [t('tenants.id')]: code(tenant.id),
      }}
    />
  );
}

/** The owners of a tenant; before its first one, who is invited as such. */
function TenantOwners({ tenant }: Props) {
  const { id, memberCount: count } = tenant;
  const paths = usePaths(tenant);
  const roles = useRows<'roles'>(`tenants/${id}/roles`, { fixed: { key: 'owner' }, limit: 1 });
  const roleId = roles.rows?.[0]?.id ?? '';
  const owners = useRows<'members'>(`tenants/${id}/members`, {
    fixed: { roleId },
    sort: 'name',
    limit: 5,
    enabled: roleId !== '',
  });
  const invitations = useRows<'invitations'>(`tenants/${id}/invitations`, {
    fixed: { status: 'pending' },
    sort: 'createdAt',
    enabled: tenant.ownership === 'invited',
  });
  const invited = invitations.rows?.filter(({ roles }) => roles.some((role) => role.id === roleId)) ?? [];
  const found = roleId ? owners : { ...roles, rows: roles.rows && [] };
  return (
    <ListSection
      title={t('tenants.owners')}
      rows={{ ...found, rows: found.rows && [...found.rows, ...invited] }}
      empty={t(count === 0 ? 'tenants.no_members' : 'tenants.ownership_missing')}
      actions={count > 0 ? <Link to={membersPath(tenant)}>{t('tenants.all_members', { count })}</Link> : null}
    >
      {(owner) => (
        <li key={owner.id}>
          {'user' in owner ? (
            <UserChip user={owner.user} to={paths.target('member', owner.id)} />
          ) : (
            <>
              <Link className="section-list-main" to={paths.target('invitation', owner.id) ?? ''}>
                {owner.email}
              </Link>
              <StatusDot tone="warn">
                {rich('tenants.owner_invited', { when: <When at={owner.expiresAt} /> })}
              </StatusDot>
            </>
          )}
        </li>
      )}
    </ListSection>
  );
}
