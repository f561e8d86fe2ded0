import { hasMessage, t } from './i18n.ts';

/** Returns the message for the error code of a field. */
export function fieldErrorText(code: string): string {
  for (const key of [`invalid.${code}`, `error.${code}`]) if (hasMessage(key)) return t(key);
  return t('form.invalid');
}
