import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';
import { RoleBars } from './role-bars.tsx';

/** How many members hold each role of this tenant. */
export function RoleCounts({ title }: { title?: string }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { rows, error, retry } = useRows<'roles'>(scope.resource('roles'), { sort: 'name', limit: 100 });
  return (
    <Section title={title ?? t('home.roles')} actions={<Link to={scope.to('roles')}>{t('home.all_roles')}</Link>}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      <RoleBars
        bars={(rows ?? []).map(({ id, name, description, memberCount }) => ({
          id,
          name,
          description,
          users: memberCount,
          to: scope.to(`members?roleId=${id}`),
        }))}
      />
    </Section>
  );
}
