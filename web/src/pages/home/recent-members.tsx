import { Link } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { useRows } from '../../providers/data/use-rows.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { UserChip } from '../../ui/chips/user-chip.tsx';
import { When } from '../../ui/chips/when.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';

export function RecentMembers() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const enabled = scope.can('members:read');
  const fixed = { status: 'active' };
  const rows = useRows<'members'>(scope.resource('members'), { sort: '-createdAt', limit: 6, fixed, enabled });
  if (!enabled) return null;
  return (
    <ListSection
      title={t('home.recent_members')}
      rows={rows}
      empty={t('members.empty')}
      actions={<Link to={scope.to('members')}>{t('home.all_members')}</Link>}
    >
      {({ id, user, createdAt }) => (
        <li key={id}>
          <UserChip user={user} to={scope.to(`members/${id}`)} />
          <span className="muted">
            <When at={createdAt} />
          </span>
        </li>
      )}
    </ListSection>
  );
}
