import { ApiError } from '../core/api.ts';
import { hasMessage, t } from './i18n.ts';

/** Returns the message for an error: by code first, then by status. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unexpected');
  const permission = String(error.problem.permission);
  for (const key of [`error.${error.code}`, `error.http_${error.statusCode}`]) {
    if (hasMessage(key)) return t(key, { permission });
  }
  return t(error.statusCode >= 500 ? 'error.server' : 'error.unexpected');
}
