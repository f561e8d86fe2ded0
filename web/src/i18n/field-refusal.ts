import { hasMessage, t } from './i18n.ts';

/** Why a field was refused, by the code the server gave for it. */
export function fieldErrorText(code: string): string {
  for (const key of [`invalid.${code}`, `error.${code}`]) if (hasMessage(key)) return t(key);
  return t('form.invalid');
}
