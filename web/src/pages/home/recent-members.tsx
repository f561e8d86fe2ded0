import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';

export function RecentMembers({ limit }: { limit: number }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const canRead = scope.can('members:read');
  const { rows, error, retry } = useRows<'members'>(scope.resource('members'), {
    sort: '-createdAt',
    limit,
    fixed: { status: 'active' },
    enabled: canRead,
  });
  if (!canRead) return null;
  return (
    <Section title={t('home.recent_members')} actions={<Link to={scope.to('members')}>{t('home.all_members')}</Link>}>
      {error ? <ErrorState error={error} onRetry={retry} /> : null}
      {!rows && !error ? <ListSkeleton rows={4} columns={1} /> : null}
      {rows?.length === 0 ? <EmptyState title={t('members.empty')} text={t('members.empty_text')} /> : null}
      <ul className="home-list">
        {rows?.map((member) => (
          <li key={member.id}>
            <UserChip user={member.user} to={scope.to(`members/${member.id}`)} />
            <span className="muted">
              <When at={member.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
