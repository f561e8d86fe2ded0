import './breadcrumb.css';
import { Link, useLocation } from 'react-router';
import { useI18n } from '../i18n/i18n.ts';
import { pagesOf } from '../pages/registry.ts';
import { useWhereabouts } from '../providers/tenant/tenant-scope.tsx';
import { TenantName } from '../ui/chips/tenant-mark.tsx';
import { Icon } from '../ui/icon.tsx';
import { useCurrentCrumb } from '../ui/page/crumb.ts';

/** The address in words: tenant, page, record. */
export function Breadcrumb() {
  const { t } = useI18n();
  const { pathname } = useLocation();
  const whereabouts = useWhereabouts();
  const crumb = useCurrentCrumb();
  if (whereabouts.state !== 'ready') return <span className="breadcrumb" />;
  const { place } = whereabouts;
  const [segment, id] = pathname.slice(place.base.length + 1).split('/');
  const page = pagesOf(place.kind).find((each) => each.path === segment);
  const record = id ? (crumb?.path === pathname ? crumb.name : '…') : undefined;
  const name = place.kind === 'platform' ? t('shell.platform') : place.name;
  return (
    <nav className="breadcrumb" aria-label={t('shell.breadcrumb')}>
      <ol>
        <li>
          <Link to={`${place.base}/home`}>
            <TenantName id={place.tenantId} name={name} />
          </Link>
        </li>
        {page ? (
          <li>
            <Icon name="next" size={14} />
            {record ? (
              <Link to={`${place.base}/${page.path}`}>{t(page.label)}</Link>
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
