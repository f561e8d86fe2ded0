import { hasMessage, t } from '../../i18n/i18n.ts';

/** What a permission allows: in the reader's language where it is Rolecall's own, else as it was described. */
export function permissionLabel({ code, description }: { code: string; description: string }): string {
  const key = `permission.${code}`;
  return hasMessage(key) ? t(key) : description;
}
