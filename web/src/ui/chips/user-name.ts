import { t } from '../../i18n/i18n.ts';

/** Returns a user's display name: name, else e-mail. */
export const userName = ({ name, email }: { name?: string | null; email?: string | null }): string =>
  name?.trim() || email || t('user.no_name');
