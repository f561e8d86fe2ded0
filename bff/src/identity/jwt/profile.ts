import { z } from 'zod';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { cleanLine, httpsUrl } from '../sanitize.ts';

const text = z.string().nullish().catch(null);

/** OpenID Connect's standard claims; `user_metadata` is where Supabase keeps names and pictures, which people write themselves. */
const Claims = z.looseObject({
  sub: z.string().min(1).max(255),
  iat: z.number().catch(0),
  email: text,
  /** Missing where the issuer says nothing of it; whatever cannot be read is no proof. */
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
    .optional()
    .catch(false),
  given_name: text,
  family_name: text,
  name: text,
  picture: text,
  user_metadata: z.looseObject({ full_name: text, name: text, avatar_url: text }).nullish().catch(null),
});

/** The person whom a verified token speaks of. What it says of roles and tenants counts for nothing. */
export function profileOf(claims: unknown, { emailsAreVerified }: { emailsAreVerified: boolean }): IdentityUser {
  const { sub, iat, email, email_verified, given_name, family_name, name, picture, user_metadata } =
    Claims.parse(claims);
  const whole = name ?? user_metadata?.full_name ?? user_metadata?.name;
  return {
    id: sub,
    email: cleanLine(email, 320),
    emailVerified: Boolean(email) && (email_verified ?? emailsAreVerified),
    firstName: cleanLine(given_name ?? (family_name ? null : whole), 120),
    lastName: cleanLine(family_name, 120),
    imageUrl: httpsUrl(picture ?? user_metadata?.avatar_url),
    banned: false,
    locked: false,
    role: null,
    updatedAt: Math.trunc(iat * 1000),
    createdAt: Math.trunc(iat * 1000),
    lastSignInAt: null,
  };
}
