import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { rememberRecord } from '../../core/recent.ts';
import { pagesOf } from '../../pages/registry.ts';
import { useMe } from '../../providers/auth/session.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { useCurrentCrumb } from '../../ui/feedback/crumb.ts';

/** Keeps the record of the page for the palette. */
export function useRememberRecord() {
  const { user } = useMe();
  const { pathname } = useLocation();
  const crumb = useCurrentCrumb();
  const { kind, tenantId, name, base } = useTenantScope();
  useEffect(() => {
    if (!crumb?.isRecord || crumb.path !== pathname) return;
    const page = pagesOf(kind).find(({ path }) => pathname.startsWith(`${base}/${path}/`));
    if (page)
      rememberRecord(user.id, { to: pathname, label: crumb.name, page: page.path, tenant: { id: tenantId, name } });
  }, [crumb, pathname, user.id, kind, tenantId, name, base]);
}
