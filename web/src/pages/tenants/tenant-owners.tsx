import type { Tenant } from 'bff/contract';
import { Link } from 'react-router';
import { tenantPath } from '../../core/address.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { usePaths } from '../../providers/tenant/use-paths.ts';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';

/** The owners of a tenant. */
export function TenantOwners({ tenant }: { tenant: Tenant }) {
  const { t } = useI18n();
  const { id, slug, memberCount } = tenant;
  const paths = usePaths(tenant);
  const roles = useRows<'roles'>(`tenants/${id}/roles`, { fixed: { key: 'owner' }, limit: 1 });
  const roleId = roles.rows?.[0]?.id;
  const owners = useRows<'members'>(`tenants/${id}/members`, {
    fixed: { roleId: roleId ?? '' },
    sort: 'name',
    limit: 5,
    enabled: roleId !== undefined,
  });
  const error = roles.error ?? owners.error;
  const members = tenant.kind === 'platform' ? '/platform/staff' : `${tenantPath(slug)}/members`;
  return (
    <Section
      title={t('tenants.owners')}
      actions={
        memberCount > 0 ? (
          <Link to={members}>{t('tenants.all_members', { count: memberCount, n: wholeNumber(memberCount) })}</Link>
        ) : null
      }
    >
      {error ? <ErrorState error={error} onRetry={roles.error ? roles.retry : owners.retry} /> : null}
      {!error && !owners.rows && roles.rows?.length !== 0 ? <ListSkeleton rows={1} columns={2} /> : null}
      {owners.rows?.length === 0 || roles.rows?.length === 0 ? (
        <p className="muted empty-muted">{t(memberCount === 0 ? 'tenants.no_members' : 'tenants.ownership_missing')}</p>
      ) : null}
      <ul className="tenant-owners">
        {owners.rows?.map((owner) => (
          <li key={owner.id}>
            <UserChip user={owner.user} to={paths.target('member', owner.id)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
