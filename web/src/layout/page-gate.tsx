import type { ComponentType } from 'react';
import { Suspense } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n/i18n.ts';
import type { PageResource } from '../pages/page-resource.ts';
import { usePermission, useWhereabouts } from '../providers/place.tsx';
import { explainAddress } from '../ui/explain-address.ts';
import { PermissionTag } from '../ui/permission-tag.tsx';
import { ListSkeleton } from '../ui/skeleton.tsx';
import { MessagePage } from './message-page.tsx';

/** Opens a page only to those who may; the others learn which permission is missing. */
export function PageGate({ page, screen: Screen }: { page: PageResource; screen: ComponentType }) {
  const { can } = usePermission(page.permission ?? 'tenant:read');
  if (page.permission && !can) return <NoPermission permission={page.permission} />;
  return (
    <Suspense fallback={<ListSkeleton rows={8} columns={3} />}>
      <Screen />
    </Suspense>
  );
}

/** Says which permission is missing and who can give it. */
export function NoPermission({ permission }: { permission: string }) {
  const { t, rich } = useI18n();
  const whereabouts = useWhereabouts();
  return (
    <MessagePage
      title={t('access.page_title')}
      text={rich('access.page_text', { permission: <PermissionTag code={permission} /> })}
      actions={
        whereabouts.state === 'ready' ? (
          <Link to={explainAddress(whereabouts.place.base, { permission })}>{t('explain.why_not')}</Link>
        ) : null
      }
    />
  );
}
