import { ApiError } from '../api.ts';
import { hasMessage, t } from './i18n.ts';

/** What went wrong in the reader's language: by our code first, then by kind of answer. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unexpected');
  const missing = error.problem.permission;
  if (error.statusCode === 403 && typeof missing === 'string') {
    const key = error.code === 'grant_exceeds_own' ? 'error.grant_exceeds_own' : 'error.forbidden_needs';
    return t(key, { permission: missing });
  }
  for (const key of [`error.${error.code}`, `error.http_${error.statusCode}`]) if (hasMessage(key)) return t(key);
  return t(error.statusCode >= 500 ? 'error.server' : 'error.unexpected');
}
