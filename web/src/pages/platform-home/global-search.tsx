import { useDeferredValue, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { SearchField } from '../../ui/form/search-field.tsx';
import { TenantTitle } from '../tenants/tenant-title.tsx';

/** The search text, debounced. */
function useDebounced(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(paused);
}

/** Searches users and tenants. */
export function GlobalSearch() {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const q = useDebounced(text.trim());
  return (
    <search className="global-search">
      <SearchField value={text} label={t('platform.find')} onChange={setText} />
      {q === '' ? null : <Matches q={q} />}
    </search>
  );
}

function Matches({ q }: { q: string }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const wanted = { fixed: { q }, sort: 'name', limit: 5 };
  const canReadUsers = scope.can('users:read');
  const canReadTenants = scope.can('tenants:read');
  const users = useRows<'users'>('users', { ...wanted, enabled: canReadUsers });
  const tenants = useRows<'tenants'>('tenants', {
    ...wanted,
    fixed: { q, kind: 'customer' },
    enabled: canReadTenants,
  });
  const error = users.error ?? tenants.error;
  if (error) return <ErrorState error={error} onRetry={users.error ? users.retry : tenants.retry} />;
  if ((canReadUsers && !users.rows) || (canReadTenants && !tenants.rows)) return <ListSkeleton rows={3} columns={2} />;
  const found = (users.rows?.length ?? 0) + (tenants.rows?.length ?? 0);
  const query = `q=${encodeURIComponent(q)}`;
  return (
    <section className="global-search-results" aria-label={t('platform.find_results')}>
      {found === 0 ? (
        <p className="muted" role="status">
          {t('platform.find_none', { q })}
        </p>
      ) : null}
      <ul>
        {tenants.rows?.map((tenant) => (
          <li key={tenant.id}>
            <Link className="home-tenant" to={scope.to(`tenants/${tenant.id}`)}>
              <TenantTitle tenant={tenant} />
            </Link>
          </li>
        ))}
        {tenants.page?.nextCursor ? (
          <li>
            <Link to={scope.to(`tenants?${query}`)}>{t('platform.find_all_tenants')}</Link>
          </li>
        ) : null}
        {users.rows?.map((user) => (
          <li key={user.id}>
            <UserChip user={user} to={scope.to(`users/${encodeURIComponent(user.id)}`)} />
          </li>
        ))}
        {users.page?.nextCursor ? (
          <li>
            <Link to={scope.to(`users?${query}`)}>{t('platform.find_all_users')}</Link>
          </li>
        ) : null}
      </ul>
    </section>
  );
}
