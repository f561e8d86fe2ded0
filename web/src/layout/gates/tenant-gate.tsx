import { useEffect, useRef } from 'react';
import { Link, Outlet, useParams } from 'react-router';
import { rememberTenant } from '../../core/recent.ts';
import { t } from '../../i18n/i18n.ts';
import { identity } from '../../providers/auth/identity.ts';
import { useMe } from '../../providers/auth/session.ts';
import { type TenantScope, useScopeState } from '../../providers/tenant/tenant-scope.tsx';
import { MessagePage } from '../../ui/feedback/message-page.tsx';
import { NotFound } from '../../ui/feedback/not-found.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';

/** Shows the pages of a tenant once it is loaded; another tenant remounts them. */
export function TenantGate() {
  const { scope, isLoading } = useScopeState();
  const { user, memberships } = useMe();
  const asked = useParams().slug;
  const slug = scope?.kind === 'tenant' ? scope.slug : undefined;
  const last = useRef<TenantScope>(undefined);
  if (slug) last.current = scope;
  useEffect(() => {
    if (slug) rememberTenant(user.id, slug);
  }, [slug, user.id]);
  const organization = memberships.find((each) => each.tenantId === scope?.tenantId)?.identityOrgId;
  useEffect(() => {
    if (organization) void identity().enterOrganization?.(organization);
  }, [organization]);
  if (isLoading) return <ListSkeleton rows={8} columns={3} />;
  if (scope) return <Outlet key={scope.tenantId} />;
  return last.current && last.current.slug === asked ? <LeftTenant name={last.current.name} /> : <NotFound />;
}

/** The user's membership of the current tenant has ended. */
function LeftTenant({ name }: { name: string }) {
  return (
    <MessagePage
      title={t('live.left_title', { tenant: name })}
      text={t('live.left_text')}
      actions={<Link to="/">{t('shell.go_home')}</Link>}
    />
  );
}
