import { useEffect, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'react-router';
import { useI18n } from '../i18n/i18n.ts';
import { pagesOf } from '../pages/registry.ts';
import { useWhereabouts } from '../providers/place.tsx';
import { Icon } from '../ui/icon.tsx';
import { TenantName } from '../ui/tenant-mark.tsx';

let named: { path: string; name: string } | undefined;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** A detail page says what its record is called, so that the breadcrumb shows a name instead of an id. */
export function useCrumb(name: string | undefined) {
  const { pathname } = useLocation();
  useEffect(() => {
    if (!name) return;
    named = { path: pathname, name };
    for (const listener of listeners) listener();
  }, [name, pathname]);
}

/** The address in words: tenant, page, record. */
export function Breadcrumb() {
  const { t } = useI18n();
  const { pathname } = useLocation();
  const whereabouts = useWhereabouts();
  const crumb = useSyncExternalStore(subscribe, () => named);
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
