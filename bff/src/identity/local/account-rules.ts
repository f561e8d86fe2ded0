import { APIError, BASE_ERROR_CODES } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import { emailKey } from '../../core/text/email-address.ts';
import { accountEmail } from './account-email.ts';
import { isCommonPassword } from './passwords/common-passwords.ts';

export interface SignUpRules {
  /** Whether anyone can create an account. */
  signUp: boolean;
  /** Returns the key of the address that an open invitation is for, or null. */
  invitedEmailKey: (token: string) => Promise<string | null>;
}

type Body = Record<string, unknown>;

/** Decides what reaches Better Auth, before it looks at any account: a refusal says nothing about one. */
export const accountRules = (rules: SignUpRules) =>
  createAuthMiddleware(async ({ path, body }: { path: string; body?: Body }) => {
    if (!body) return;
    const password = path === '/sign-up/email' ? body.password : body.newPassword;
    if (typeof password === 'string' && (await isCommonPassword(password)))
      throw APIError.from('BAD_REQUEST', {
        code: 'PASSWORD_COMMON',
        message: 'This password is on lists of common passwords',
      });
    if (path === '/sign-up/email') await assertMaySignUp(rules, body);
    return { context: { body: { ...body, ...accountOf(path, body), ...endingOtherSessions(path) } } };
  });

/** Throws unless sign-up is open, or the body carries the token of an invitation of its address. */
async function assertMaySignUp({ signUp, invitedEmailKey }: SignUpRules, { email, invitation }: Body): Promise<void> {
  const key = typeof email === 'string' ? emailKey(email) : null;
  if (key === null) throw APIError.from('BAD_REQUEST', BASE_ERROR_CODES.INVALID_EMAIL);
  if (signUp) return;
  const invited = typeof invitation === 'string' ? await invitedEmailKey(invitation) : null;
  if (invited !== key)
    throw APIError.from('BAD_REQUEST', { code: 'SIGN_UP_DISABLED', message: 'Accounts are made by invitation only' });
}

/** Accounts are found by the key of their address; a new one keeps it as it was written. */
function accountOf(path: string, { email }: Body) {
  if (typeof email !== 'string') return {};
  const written = path === '/sign-up/email' ? { writtenEmail: email.trim().normalize('NFC') } : {};
  return { email: accountEmail(email) ?? email, ...written };
}

const endingOtherSessions = (path: string) => (path === '/change-password' ? { revokeOtherSessions: true } : {});
