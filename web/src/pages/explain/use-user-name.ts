import type { AccessExplanation } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';

/** Returns a user's display name, also when this tenant cannot see the user. */
export function useUserName({ name, email }: AccessExplanation['user']): string {
  const { t } = useI18n();
  return name?.trim() || email || t('explain.unknown_user');
}
