import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/place.tsx';
import { useRows } from '../../providers/use-rows.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PersonChip } from '../../ui/person-chip.tsx';
import { Section } from '../../ui/section.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { When } from '../../ui/when.tsx';

export function JoinedLately({ limit }: { limit: number }) {
  const { t } = useI18n();
  const place = usePlace();
  const may = place.may('members:read').can;
  const { rows, error, retry } = useRows<'members'>(place.resource('members'), {
    sort: '-createdAt',
    limit,
    fixed: { status: 'active' },
    enabled: may,
  });
  if (!may) return null;
  return (
    <Section title={t('home.joined')} actions={<Link to={place.to('members')}>{t('home.all_members')}</Link>}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      {rows?.length === 0 ? <EmptyState title={t('members.empty')} text={t('members.empty_text')} /> : null}
      <ul className="home-list">
        {rows?.map((member) => (
          <li key={member.id}>
            <PersonChip person={member.user} to={place.to(`members/${member.id}`)} />
            <span className="quiet">
              <When at={member.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
