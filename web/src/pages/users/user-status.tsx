import type { User } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Status } from '../../ui/chips/status-dot.tsx';
import { ChoiceFilter } from '../../ui/list/filters.tsx';

/** The account status at the identity provider. */
export function UserStatus({
  user: { banned, locked, deletedAt },
}: {
  user: Pick<User, 'banned' | 'locked' | 'deletedAt'>;
}) {
  if (deletedAt) return <Status tone="neutral" label="users.status_deleted" />;
  if (banned) return <Status tone="bad" label="users.status_banned" />;
  if (locked) return <Status tone="warn" label="users.status_locked" />;
  return <Status tone="good" label="users.status_active" />;
}

const ALL = { banned: undefined, deleted: undefined };
const CHOICES = [
  { value: 'open', label: 'users.not_blocked', filters: { ...ALL, banned: 'false' } },
  { value: 'banned', label: 'users.status_banned', filters: { ...ALL, banned: 'true' } },
  { value: 'deleted', label: 'users.status_deleted', filters: { ...ALL, deleted: 'true' } },
] as const;

/** One select for two API filters; deleted users are listed only on request. */
export function UserStatusFilter({ state }: { state: ListState }) {
  const { banned, deleted } = state.filters;
  const chosen = CHOICES.find(({ filters }) => filters.banned === banned && filters.deleted === deleted);
  return (
    <ChoiceFilter
      label={t('status.label')}
      value={chosen?.value ?? ''}
      options={CHOICES.map(({ value, label }) => ({ value, label: t(label) }))}
      onChange={(next) => state.set(CHOICES.find(({ value }) => value === next)?.filters ?? ALL)}
    />
  );
}
