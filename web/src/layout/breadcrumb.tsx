import './breadcrumb.css';
import { Link, useLocation } from 'react-router';
import { useI18n } from '../i18n/i18n.ts';
import { pagesOf } from '../pages/registry.ts';
import { useOptionalScope } from '../providers/tenant/tenant-scope.tsx';
import { TenantName } from '../ui/chips/tenant-mark.tsx';
import { Icon } from '../ui/icon.tsx';
import { useCurrentCrumb } from '../ui/page/crumb.ts';

/** Breadcrumb: tenant, page, record. */
export function Breadcrumb() {
  const { t } = useI18n();
  const { pathname } = useLocation();
  const scope = useOptionalScope();
  const crumb = useCurrentCrumb();
  if (!scope) return <span className="breadcrumb" />;
  const [segment, id] = pathname.slice(scope.base.length + 1).split('/');
  const page = pagesOf(scope.kind).find((each) => each.path === segment);
  const record = id ? (crumb?.path === pathname ? crumb.name : '…') : undefined;
  const name = scope.kind === 'platform' ? t('shell.platform') : scope.name;
  return (
    <nav className="breadcrumb" aria-label={t('shell.breadcrumb')}>
      <ol>
        <li>
          <Link to={`${scope.base}/home`}>
            <TenantName id={scope.tenantId} name={name} />
          </Link>
        </li>
        {page ? (
          <li>
            <Icon name="next" size={14} />
            {record ? (
              <Link to={`${scope.base}/${page.path}`}>{t(page.label)}</Link>
            ) : (
              <span aria-current="page">{t(page.label)}</span>
            )}
          </li>
        ) : null}
        {page && record ? (
          <li className="breadcrumb-record">
            <Icon name="next" size={14} />
            <span aria-current="page" title={record}>
              {record}
            </span>
          </li>
        ) : null}
      </ol>
    </nav>
  );
}
