import { useBreadcrumb, useResourceParams } from '@refinedev/core';
import { Link, useLocation } from 'react-router';
import { hasMessage, t } from '../i18n/i18n.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { TenantName } from '../ui/chips/tenant-mark.tsx';
import { useCurrentCrumb } from '../ui/feedback/crumb.ts';
import { Icon } from '../ui/icon.tsx';

/** Breadcrumb: tenant, pages, record. */
export function Breadcrumb() {
  const { pathname } = useLocation();
  const scope = useOptionalScope();
  const { breadcrumbs } = useBreadcrumb();
  const { id } = useResourceParams();
  const crumb = useCurrentCrumb();
  if (!scope) return <span className="breadcrumb" />;
  const record = id === undefined ? undefined : crumb?.path === pathname ? crumb.name : t('actions.show');
  return (
    <nav className="breadcrumb" aria-label={t('shell.breadcrumb')}>
      <ol className="row">
        <li className="row">
          <Link className="row" to={`${scope.base}/home`}>
            <TenantName id={scope.tenantId} name={scope.name} />
          </Link>
        </li>
        {breadcrumbs.map(({ label, href }, at) => {
          const isLast = at === breadcrumbs.length - 1;
          const name = (isLast && record) || (hasMessage(label) ? t(label) : label);
          return (
            <li key={label} className="row">
              <Icon name="next" size={14} />
              {isLast ? (
                <bdi className="clip" aria-current="page" title={name}>
                  {name}
                </bdi>
              ) : (
                <Link className="clip" to={href ?? ''}>
                  {name}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
