import type { IdentityUser } from '../../core/identity-provider.ts';
import { cleanLine, httpsUrl } from '../sanitize.ts';

/** A row of Better Auth's user table. */
export interface Account {
  id: string;
  name: string;
  email: string;
  writtenEmail?: string | null | undefined;
  emailVerified: boolean;
  image?: string | null | undefined;
  createdAt: Date;
  updatedAt: Date;
}

/** Converts an account. Better Auth stores one name; its first word becomes the first name. */
export function toIdentityUser(account: Account, lastSignInAt?: Date): IdentityUser {
  const [firstName = null, ...rest] = cleanLine(account.name, 240)?.split(/\s+/) ?? [];
  return {
    id: account.id,
    email: account.writtenEmail ?? account.email,
    emailVerified: account.emailVerified,
    firstName,
    lastName: rest.join(' ') || null,
    imageUrl: httpsUrl(account.image),
    banned: false,
    locked: false,
    role: null,
    updatedAt: account.updatedAt.getTime(),
    createdAt: account.createdAt.getTime(),
    lastSignInAt: lastSignInAt?.getTime() ?? null,
  };
}
