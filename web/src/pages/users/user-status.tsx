import type { User } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { Icon } from '../../ui/icon.tsx';

/** The account status at the identity provider. */
export function UserStatus({ user }: { user: Pick<User, 'banned' | 'locked' | 'deletedAt'> }) {
  const { t } = useI18n();
  if (user.deletedAt) return <StatusDot tone="neutral">{t('users.status_deleted')}</StatusDot>;
  if (user.banned) return <StatusDot tone="bad">{t('users.status_banned')}</StatusDot>;
  if (user.locked) return <StatusDot tone="warn">{t('users.status_locked')}</StatusDot>;
  return <StatusDot tone="good">{t('users.status_active')}</StatusDot>;
}

const choices = {
  '': {},
  open: { banned: 'false' },
  banned: { banned: 'true' },
  deleted: { deleted: 'true' },
} as const;
type Choice = keyof typeof choices;

/** One select for two API filters; deleted users are listed only on request. */
export function UserStatusFilter({ state }: { state: ListState }) {
  const { t } = useI18n();
  const { banned, deleted } = state.filters;
  const value: Choice =
    deleted === 'true' ? 'deleted' : banned === 'true' ? 'banned' : banned === 'false' ? 'open' : '';
  return (
    <span className={value ? 'filter-select filter-on' : 'filter-select'}>
      <select
        aria-label={t('status.label')}
        value={value}
        onChange={(event) =>
          state.set({ banned: undefined, deleted: undefined, ...choices[event.target.value as Choice] })
        }
      >
        <option value="">{t('users.existing')}</option>
        <option value="open">{t('users.not_blocked')}</option>
        <option value="banned">{t('users.status_banned')}</option>
        <option value="deleted">{t('users.status_deleted')}</option>
      </select>
      <Icon name="chevron" size={16} />
    </span>
  );
}
