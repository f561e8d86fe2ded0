import { z } from 'zod';
import type { ClaimedProfile } from '../../core/identity-provider.ts';
import { cleanAddress, cleanLine, httpsUrl } from '../sanitize.ts';

/** A claim that is missing, null or unreadable says nothing; an empty one removes what was known. */
const text = z.string().optional().catch(undefined);
const seconds = z.number().optional().catch(undefined);

/** OpenID Connect's standard claims; Supabase puts names and pictures, which users can edit, into `user_metadata`. */
const Claims = z.looseObject({
  sub: z.string(),
  iat: seconds,
  nbf: seconds,
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
  user_metadata: z.looseObject({ full_name: text, name: text, avatar_url: text }).optional().catch(undefined),
});
type Claims = z.infer<typeof Claims>;

/** Returns what a verified token says of its user, or null when it says nothing. Claims about roles and tenants are ignored. */
export function claimedProfile(
  claims: unknown,
  { emailsAreVerified }: { emailsAreVerified: boolean },
): ClaimedProfile | null {
  const { sub, iat, nbf, email, email_verified, picture, ...named } = Claims.parse(claims);
  const image = picture ?? named.user_metadata?.avatar_url;
  const said = {
    ...namesOf(named),
    ...(email === undefined
      ? {}
      : { email: cleanAddress(email), emailVerified: email !== '' && (email_verified ?? emailsAreVerified) }),
    ...(image === undefined ? {} : { imageUrl: httpsUrl(image) }),
  };
  return Object.keys(said).length === 0 ? null : { id: sub, updatedAt: issuedAt(iat ?? nbf), ...said };
}

/** First and last name belong together: a token that brings one replaces both. Username and phone number name users without them. */
function namesOf({ given_name, family_name, name, user_metadata, preferred_username, phone_number }: Partial<Claims>) {
  const fullName = name ?? user_metadata?.full_name ?? user_metadata?.name;
  const others = {
    ...(preferred_username === undefined ? {} : { username: cleanLine(preferred_username, 120) }),
    ...(phone_number === undefined ? {} : { phone: cleanLine(phone_number, 120) }),
  };
  if ((given_name ?? family_name ?? fullName) === undefined) return others;
  return {
    ...others,
    firstName: cleanLine(given_name ?? (family_name ? null : fullName), 120),
    lastName: cleanLine(family_name, 120),
  };
}

/** As seconds, this is the year 5138: an issuer that writes more writes milliseconds. */
const MAX_SECONDS = 1e11;

/** Returns when the token was issued, in milliseconds: never in the future, because then later changes would count as older. */
function issuedAt(instant: number | undefined): number {
  const now = Date.now();
  if (instant === undefined) return now;
  return Math.trunc(Math.min(now, Math.max(0, instant > MAX_SECONDS ? instant : instant * 1000)));
}
