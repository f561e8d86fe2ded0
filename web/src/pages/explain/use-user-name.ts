import type { AccessExplanation } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';

/** What somebody is called in a sentence, also when this tenant may not know them. */
export function useUserName({ name, email }: AccessExplanation['user']): string {
  const { t } = useI18n();
  return name?.trim() || email || t('explain.unknown_user');
}
