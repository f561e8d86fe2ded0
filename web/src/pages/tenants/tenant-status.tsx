import { isTenantUsable, type TenantDetail } from 'bff/contract';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import type { Change } from '../../providers/data/use-change.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { userName } from '../../ui/chips/user-name.ts';
import { ActionButton } from '../../ui/form/action-button.tsx';

/** Suspends or reactivates a tenant. */
export function TenantStatusButton({ tenant }: { tenant: TenantDetail }) {
  const { id, name, slug, version, activeMemberCount } = tenant;
  const isOpen = isTenantUsable(tenant.status);
  const step = isOpen ? 'suspend' : 'reactivate';
  const setStatus = (status: TenantDetail['status'], seen: number): Change<TenantDetail> => ({
    method: 'patch',
    path: `tenants/${id}`,
    version: seen,
    body: { status },
    done: t(status === 'suspended' ? 'tenants.suspended' : 'tenants.reactivated', { name }),
  });
  const next = isOpen ? 'suspended' : 'active';
  return (
    <ActionButton
      permission="tenants:update"
      danger={isOpen}
      label={t(`tenants.${step}_short`)}
      title={t(`tenants.${step}_title`, { name })}
      action={t(`tenants.${step}_title`, { name })}
      reason
      {...(isOpen ? { confirmName: slug, affected: activeMemberCount } : {})}
      change={(reason) => ({
        ...setStatus(next, version),
        body: { status: next, ...(reason ? { reason } : {}) },
        undo: (saved) => setStatus(tenant.status, saved.version),
      })}
    >
      {isOpen ? <AffectedMembers tenant={tenant} /> : t('tenants.reactivate_text', { count: activeMemberCount, name })}
    </ActionButton>
  );
}

/** The members who lose access on suspension: the first by name, the rest as a count. */
function AffectedMembers({ tenant }: { tenant: TenantDetail }) {
  const { id, name } = tenant;
  const { rows } = useRows<'members'>(`tenants/${id}/members`, {
    fixed: { status: 'active' },
    sort: 'name',
    limit: 5,
  });
  const count = tenant.activeMemberCount;
  if (count === 0) return t('tenants.suspend_no_members');
  const shown = (rows ?? []).map(({ user }) => userName(user));
  const more = count - shown.length;
  return (
    <>
      <p>
        <strong>{t('tenants.suspend_affected', { count, name })}</strong>{' '}
        {formatList(more > 0 ? [...shown, t('tenants.suspend_more', { count: more })] : shown)}
      </p>
      <p>{t('tenants.suspend_text')}</p>
    </>
  );
}
