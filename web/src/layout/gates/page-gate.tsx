import { CanAccess, useResourceParams } from '@refinedev/core';
import type { ComponentType } from 'react';
import { Suspense } from 'react';
import { NoPermission } from '../../ui/feedback/no-permission.tsx';
import { NotFound } from '../../ui/feedback/not-found.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';

/** Shows a page to users with its permission, and to others which permission is missing. */
export function PageGate({ screen: Screen }: { screen: ComponentType }) {
  const { resource } = useResourceParams();
  if (!resource) return <NotFound />;
  return (
    <CanAccess fallback={<NoPermission permission={resource.meta?.permission} />}>
      <Suspense fallback={<ListSkeleton rows={8} columns={3} />}>
        <Screen />
      </Suspense>
    </CanAccess>
  );
}
