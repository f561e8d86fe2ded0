import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { RoleBars } from '../../ui/role-bars.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';

/** How many people hold each role of this tenant. */
export function RoleCounts({ title }: { title?: string }) {
  const { t } = useI18n();
  const place = usePlace();
  const { rows, error, retry } = useRows<'roles'>(place.resource('roles'), { sort: 'name', limit: 100 });
  return (
    <Section title={title ?? t('home.roles')} actions={<Link to={place.to('roles')}>{t('home.all_roles')}</Link>}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      <RoleBars
        bars={(rows ?? []).map(({ id, name, description, memberCount }) => ({
          id,
          name,
          description,
          people: memberCount,
          to: place.to(`members?roleId=${id}`),
        }))}
      />
    </Section>
  );
}
