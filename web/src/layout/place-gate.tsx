import { useEffect } from 'react';
import { Outlet } from 'react-router';
import { useWhereabouts } from '../providers/place.tsx';
import { rememberTenant } from '../providers/recent-tenants.ts';
import { useMe } from '../providers/session.ts';
import { ListSkeleton } from '../ui/skeleton.tsx';
import { NotFound } from './not-found.tsx';

/** Opens a tenant's pages once it is known which one; a new tenant starts with fresh pages. */
export function PlaceGate() {
  const whereabouts = useWhereabouts();
  const { user } = useMe();
  const place = whereabouts.state === 'ready' ? whereabouts.place : undefined;
  const slug = place?.kind === 'tenant' ? place.slug : undefined;
  useEffect(() => {
    if (slug) rememberTenant(user.id, slug);
  }, [slug, user.id]);
  if (whereabouts.state === 'loading') return <ListSkeleton rows={8} columns={3} />;
  return place ? <Outlet key={place.tenantId} /> : <NotFound />;
}
