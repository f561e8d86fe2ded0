import { z } from 'zod';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { cleanLine, httpsUrl } from '../sanitize.ts';

const text = z.string().nullish().catch(null);

/** OpenID Connect's standard claims; Supabase puts names and pictures, which users can edit, into `user_metadata`. */
const Claims = z.looseObject({
  sub: z.string().min(1).max(255),
  iat: z.number().catch(0),
  email: text,
  /** Undefined where the claim is missing; an unreadable one counts as false. */
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
    .optional()
    .catch(false),
  given_name: text,
  family_name: text,
  name: text,
  preferred_username: text,
  phone_number: text,
  picture: text,
  user_metadata: z.looseObject({ full_name: text, name: text, avatar_url: text }).nullish().catch(null),
});

/** Returns the user of a verified token. Claims about roles and tenants are ignored. */
export function profileOf(claims: unknown, { emailsAreVerified }: { emailsAreVerified: boolean }): IdentityUser {
  const parsed = Claims.parse(claims);
  const { sub, iat, email, email_verified, given_name, family_name, name, picture, user_metadata } = parsed;
  const fullName = name ?? user_metadata?.full_name ?? user_metadata?.name;
  return {
    id: sub,
    email: cleanLine(email, 320),
    emailVerified: Boolean(email) && (email_verified ?? emailsAreVerified),
    firstName: cleanLine(given_name ?? (family_name ? null : fullName), 120),
    lastName: cleanLine(family_name, 120),
    username: cleanLine(parsed.preferred_username, 120),
    phone: cleanLine(parsed.phone_number, 120),
    imageUrl: httpsUrl(picture ?? user_metadata?.avatar_url),
    banned: false,
    locked: false,
    role: null,
    updatedAt: Math.trunc(iat * 1000),
    createdAt: Math.trunc(iat * 1000),
    lastSignInAt: null,
  };
}
