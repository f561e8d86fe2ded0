import { type MessageKey, t } from '../../i18n/i18n.ts';

/** Returns a user's display name: name, else e-mail, else a message. */
export const userName = (
  { name, email }: { name?: string | null; email?: string | null },
  otherwise: MessageKey = 'user.no_name',
): string => name?.trim() || email || t(otherwise);
