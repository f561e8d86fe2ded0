import { t } from '../../i18n/i18n.ts';

export type Values = { email: string; password: string; name: string };
export type FieldErrors = Partial<Record<keyof Values, string>>;

/** Validates before the request. Signing in does not check the password length. */
export function fieldErrorsOf(values: Values, mode: 'sign-in' | 'sign-up'): FieldErrors {
  const fieldErrors: FieldErrors = {};
  if (values.email.trim() === '') fieldErrors.email = t('entry.email_missing');
  else if (!/^\S+@\S+$/.test(values.email.trim())) fieldErrors.email = t('entry.email_invalid');
  if (values.password === '') fieldErrors.password = t('entry.password_missing');
  else if (mode === 'sign-up' && values.password.length < 8) fieldErrors.password = t('entry.password_short');
  if (mode === 'sign-up' && values.name.trim() === '') fieldErrors.name = t('entry.name_missing');
  return fieldErrors;
}
