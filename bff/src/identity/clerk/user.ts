import { z } from 'zod';
import type { IdentityUser } from '../../core/identity-provider.ts';
import { isVisible } from '../../core/text/text.ts';
import { providerInstant } from '../../core/values/instant.ts';
import { cleanAddress, cleanLine, httpsUrl } from '../sanitize.ts';

const EmailAddress = z.looseObject({
  id: z.string(),
  email_address: z.string(),
  verification: z.looseObject({ status: z.string().nullish() }).nullish(),
});

const PhoneNumber = z.looseObject({ id: z.string(), phone_number: z.string() });

/** Clerk's user as webhooks and the Backend API send it; unnamed keys are ignored. */
export const ClerkUser = z.looseObject({
  id: z.string().min(1).max(255),
  primary_email_address_id: z.string().nullish(),
  email_addresses: z.array(EmailAddress).nullish(),
  primary_phone_number_id: z.string().nullish(),
  phone_numbers: z.array(PhoneNumber).nullish(),
  username: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  image_url: z.string().nullish(),
  public_metadata: z.unknown().optional(),
  unsafe_metadata: z.unknown().optional(),
  banned: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  last_sign_in_at: z.number().nullish(),
  created_at: z.number(),
  updated_at: z.number(),
});
export type ClerkUser = z.infer<typeof ClerkUser>;

export function toIdentityUser(user: ClerkUser): IdentityUser {
  const email = primaryEmail(user);
  return {
    id: user.id,
    email: cleanAddress(email?.email_address),
    emailVerified: email?.verification?.status === 'verified',
    firstName: cleanLine(user.first_name, 120),
    lastName: cleanLine(user.last_name, 120),
    username: cleanLine(user.username, 120),
    phone: cleanLine(primaryPhone(user), 120),
    imageUrl: httpsUrl(user.image_url),
    banned: user.banned ?? false,
    locked: user.locked ?? false,
    role: roleIn(user.public_metadata),
    chosenRole: chosenRoleIn(user.unsafe_metadata),
    updatedAt: providerInstant(user.updated_at),
    createdAt: providerInstant(user.created_at),
    lastSignInAt: user.last_sign_in_at ? providerInstant(user.last_sign_in_at) : null,
  };
}

type Metadata = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A role that is no text, or none that can be seen, is kept as JSON: like an unknown name it grants nothing, and unlike an absent one it is reported. */
function roleIn(metadata: unknown): string | null {
  const role = isObject(metadata) ? metadata.role : metadata;
  if (role === undefined || role === null) return null;
  const isName = isObject(metadata) && typeof role === 'string' && (isVisible(role) || role.trim() === '');
  return cleanLine(isName ? role : sortedJson(role), 120);
}

/** Users write these metadata themselves: what cannot be read is no choice. */
const chosenRoleIn = (metadata: unknown) =>
  isObject(metadata) && typeof metadata.role === 'string' ? cleanLine(metadata.role, 120) : null;

// jsonb keeps no order of keys, so that a stored event and the provider's response may differ in it.
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, item) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );

const primaryPhone = ({ primary_phone_number_id, phone_numbers }: ClerkUser) =>
  (phone_numbers?.find(({ id }) => id === primary_phone_number_id) ?? phone_numbers?.[0])?.phone_number;

// The primary address may be missing from the list: then any verified one, and never an unverified one.
function primaryEmail({ primary_email_address_id, email_addresses }: ClerkUser) {
  const all = email_addresses ?? [];
  const isVerified = (email: (typeof all)[number]) => email.verification?.status === 'verified';
  return all.find((email) => email.id === primary_email_address_id) ?? all.find(isVerified) ?? null;
}
