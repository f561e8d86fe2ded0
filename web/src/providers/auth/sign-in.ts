import type { AuthActionResponse } from '@refinedev/core';
import { request } from '../../core/api.ts';
import { localPath } from '../../core/local-path.ts';
import { errorText } from '../../i18n/error-text.ts';
import { t } from '../../i18n/i18n.ts';
import { clearMe, currentMe } from './session.ts';

export type Credentials = {
  email: string;
  password: string;
  name?: string;
  to?: string | null;
  /** The token of an invitation, which allows the account that it is for. */
  invitation?: string;
};

export const authFailure = (title: string, error: unknown): AuthActionResponse => ({
  success: false,
  error: { name: title, message: errorText(error) },
});

/** Signs in or up with a local account. A file of its own because the entry page loads nothing else. */
export async function submitCredentials(how: 'in' | 'up', { to, ...body }: Credentials): Promise<AuthActionResponse> {
  try {
    const callbackURL = how === 'up' && to ? { callbackURL: localPath(to) } : {};
    const made = await request<{ token: string | null }>('POST', `/api/auth/sign-${how}/email`, {
      body: { ...body, ...callbackURL },
      isFinal: true,
    });
    // With mail, a new account has no session until its mail is opened, nor has one that existed.
    if (made.token === null) return { success: true, checkInbox: true };
    // A page that shows a user stays until it is known who signed in over it.
    if (!currentMe()) clearMe();
    return { success: true, redirectTo: localPath(to) };
  } catch (error) {
    return authFailure(t('entry.sign_in'), error);
  }
}
