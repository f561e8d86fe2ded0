import type { User } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { StatusDot } from '../../ui/chips/status-dot.tsx';
import { ChoiceFilter } from '../../ui/list/filters.tsx';

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
  const options = [
    { value: '', label: t('users.existing') },
    { value: 'open', label: t('users.not_blocked') },
    { value: 'banned', label: t('users.status_banned') },
    { value: 'deleted', label: t('users.status_deleted') },
  ];
  return (
    <ChoiceFilter
      label={t('status.label')}
      value={value}
      options={options}
      onChange={(next) => state.set({ banned: undefined, deleted: undefined, ...choices[next as Choice] })}
    />
  );
}
