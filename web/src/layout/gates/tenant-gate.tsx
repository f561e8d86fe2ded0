import { useEffect, useRef } from 'react';
import { Link, Outlet, useParams } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { identity } from '../../providers/auth/identity.ts';
import { useMe } from '../../providers/auth/session.ts';
import { rememberTenant } from '../../providers/tenant/recent-tenants.ts';
import { useScopeState } from '../../providers/tenant/tenant-scope.tsx';
import { MessagePage } from '../../ui/feedback/message-page.tsx';
import { NotFound } from '../../ui/feedback/not-found.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';

/** Shows the pages of a tenant once it is loaded; another tenant remounts them. */
export function TenantGate() {
  const scopeState = useScopeState();
  const { user, memberships } = useMe();
  const scope = scopeState.state === 'ready' ? scopeState.scope : undefined;
  const asked = useParams().slug;
  const last = useRef<{ slug: string; name: string }>(undefined);
  if (scope?.kind === 'tenant') last.current = { slug: scope.slug, name: scope.name };
  const left = last.current?.slug === asked ? last.current?.name : undefined;
  const slug = scope?.kind === 'tenant' ? scope.slug : undefined;
  useEffect(() => {
    if (slug) rememberTenant(user.id, slug);
  }, [slug, user.id]);
  const organization = memberships.find((each) => each.tenantId === scope?.tenantId)?.identityOrgId;
  useEffect(() => {
    if (organization) void identity().enterOrganization?.(organization);
  }, [organization]);
  if (scopeState.state === 'loading') return <ListSkeleton rows={8} columns={3} />;
  if (!scope && left) return <LeftTenant name={left} />;
  return scope ? <Outlet key={scope.tenantId} /> : <NotFound />;
}

/** The user's membership of the current tenant has ended. */
function LeftTenant({ name }: { name: string }) {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t('live.left_title', { tenant: name })}
      text={t('live.left_text')}
      actions={<Link to="/">{t('shell.go_home')}</Link>}
    />
  );
}
