import type { TenantDetail } from 'bff/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { tenantStatus } from '../../ui/chips/status-labels.ts';
import { Since, When } from '../../ui/chips/when.tsx';
import { Details } from '../../ui/page/detail-layout.tsx';

const code = (text: string) => (
  <span className="mono" translate="no">
    {text}
  </span>
);

export function TenantDetails({ tenant }: { tenant: TenantDetail }) {
  const { t, rich } = useI18n();
  const {
    id,
    slug,
    status,
    kind,
    memberCount,
    activeMemberCount,
    identityOrgId,
    ownership,
    ownerlessSince,
    createdAt,
    updatedAt,
  } = tenant;
  const members = kind === 'platform' ? '/platform/staff' : `${tenantPath(slug)}/members`;
  const rows: [string, ReactNode][] = [
    [
      t('status.label'),
      <span key="status" className="tenant-states">
        <StatusDot tone={tenantStatus[status].tone}>{t(tenantStatus[status].label)}</StatusDot>
      </span>,
    ],
    [
      t('tenants.members'),
      <Link key="members" to={members}>
        {wholeNumber(memberCount)} {t('tenants.members_n', { count: memberCount })}
        {activeMemberCount < memberCount ? (
          <span className="muted">
            {' '}
            {t('tenants.with_access', { count: activeMemberCount, n: wholeNumber(activeMemberCount) })}
          </span>
        ) : null}
      </Link>,
    ],
  ];
  if (ownership === 'missing' && ownerlessSince)
    rows.push([
      t('tenants.owners'),
      <span key="ownerless" className="tenant-alarm">
        {rich('tenants.ownerless_since', { time: <Since at={ownerlessSince} /> })}
      </span>,
    ]);
  rows.push(
    [t('tenants.created'), <When key="created" at={createdAt} />],
    [t('tenants.changed'), <When key="changed" at={updatedAt} />],
    [t('tenants.provider'), identityOrgId ? code(identityOrgId) : t('tenants.not_linked')],
    [t('tenants.address'), code(`/t/${slug}`)],
    [t('tenants.id'), code(id)],
  );
  return <Details rows={rows} />;
}
