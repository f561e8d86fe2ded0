import { Link } from 'react-router';
import { paletteState } from '../../core/palette.ts';
import { recentRecords } from '../../core/recent.ts';
import { t } from '../../i18n/i18n.ts';
import { useMe } from '../../providers/auth/session.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';
import { TenantName } from '../../ui/chips/tenant-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListSection } from '../../ui/page/list-section.tsx';
import { RecentDenials } from './lists.tsx';

const PEOPLE = ['users', 'members', 'staff'];

/** Search first, then what was refused, whom one looked at, and what happens now. */
export function SupportHome() {
  const { user } = useMe();
  const people = recentRecords(user.id).filter(({ page }) => PEOPLE.includes(page));
  return (
    <>
      <button type="button" className="support-search row" onClick={() => paletteState.set('palette')}>
        <Icon name="search" size={16} />
        <span className="clip">{t('platform.find')}</span>
      </button>
      <div className="columns">
        <RecentDenials limit={8} />
        <div>
          <ListSection
            title={t('platform.recent_people')}
            rows={{ rows: people.slice(0, 6), error: null, retry: () => undefined }}
            empty={t('platform.no_recent_people')}
          >
            {({ to, label, page, tenant }) => (
              <li key={to}>
                <Link className="section-list-main" to={to}>
                  <bdi>{label}</bdi>
                </Link>
                {page === 'users' ? null : <TenantName id={tenant.id} name={tenant.name} />}
              </li>
            )}
          </ListSection>
          <AuditTimeline title={t('platform.events')} limit={10} everywhere />
        </div>
      </div>
    </>
  );
}
