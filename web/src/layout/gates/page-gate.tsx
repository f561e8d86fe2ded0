import type { ComponentType } from 'react';
import { Suspense } from 'react';
import type { PageResource } from '../../pages/page-resource.ts';
import { usePermission } from '../../providers/tenant/tenant-scope.tsx';
import { NoPermission } from '../../ui/feedback/no-permission.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';

/** Shows a page to users with its permission, and to others which permission is missing. */
export function PageGate({ page, screen: Screen }: { page: PageResource; screen: ComponentType }) {
  const { can } = usePermission(page.permission ?? 'tenant:read');
  if (page.permission && !can) return <NoPermission permission={page.permission} />;
  return (
    <Suspense fallback={<ListSkeleton rows={8} columns={3} />}>
      <Screen />
    </Suspense>
  );
}
