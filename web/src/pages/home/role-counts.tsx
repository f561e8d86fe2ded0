import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';

/** How many people hold each role; the bar compares, the number tells. */
export function RoleCounts() {
  const { t } = useI18n();
  const place = usePlace();
  const { rows, error, retry } = useRows<'roles'>(place.resource('roles'), { sort: 'name', limit: 100 });
  const roles = [...(rows ?? [])].sort((one, other) => other.memberCount - one.memberCount).slice(0, 8);
  const most = Math.max(1, ...roles.map((role) => role.memberCount));
  return (
    <Section title={t('home.roles')} actions={<Link to={place.to('roles')}>{t('home.all_roles')}</Link>}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      <ul className="role-counts">
        {roles.map((role) => (
          <li key={role.id}>
            <Link to={place.to(`members?roleId=${role.id}`)} title={role.description}>
              {role.name}
            </Link>
            <span className="numeric">{wholeNumber(role.memberCount)}</span>
            <span
              className="role-bar"
              aria-hidden="true"
              style={{ '--share': role.memberCount / most } as React.CSSProperties}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
