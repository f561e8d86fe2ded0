import type { EmailAddressJson, Metadata, UserJson } from '../serialize.ts';
import type { State } from './state.ts';

export interface UserDetails {
  firstName?: string | null;
  lastName?: string | null;
  username?: string | null;
  externalId?: string | null;
  imageUrl?: string;
  password?: string;
  /** Replaces the metadata; setUserMetadata merges. */
  publicMetadata?: Metadata;
  privateMetadata?: Metadata;
  unsafeMetadata?: Metadata;
}

export interface NewUser extends UserDetails {
  id?: string;
  /** One verified address. `emails` has several; the first is the primary one. */
  email?: string;
  emails?: { address: string; isVerified?: boolean }[];
  createdAt?: number;
}

export interface MetadataChanges {
  public?: Metadata | undefined;
  private?: Metadata | undefined;
  unsafe?: Metadata | undefined;
}

/** Returns the fields that the details set. */
export function columns(details: UserDetails, at: number): Partial<UserJson> {
  return {
    ...(details.firstName === undefined ? {} : { first_name: details.firstName }),
    ...(details.lastName === undefined ? {} : { last_name: details.lastName }),
    ...(details.username === undefined ? {} : { username: details.username }),
    ...(details.externalId === undefined ? {} : { external_id: details.externalId }),
    ...(details.imageUrl === undefined
      ? {}
      : { image_url: details.imageUrl, profile_image_url: details.imageUrl, has_image: true }),
    ...(details.publicMetadata === undefined ? {} : { public_metadata: details.publicMetadata }),
    ...(details.privateMetadata === undefined ? {} : { private_metadata: details.privateMetadata }),
    ...(details.unsafeMetadata === undefined ? {} : { unsafe_metadata: details.unsafeMetadata }),
    ...(details.password === undefined ? {} : { password_enabled: true, password_last_updated_at: at }),
  };
}

interface NewUserRow {
  id: string;
  emails: EmailAddressJson[];
  input: UserDetails;
  at: number;
}

export function blankUser(state: State, { id, emails, input, at }: NewUserRow): UserJson {
  return {
    id,
    object: 'user',
    external_id: null,
    primary_email_address_id: emails[0]?.id ?? null,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    username: null,
    first_name: null,
    last_name: null,
    locale: null,
    profile_image_url: state.imageUrlOf(id),
    image_url: state.imageUrlOf(id),
    has_image: false,
    public_metadata: {},
    private_metadata: {},
    unsafe_metadata: {},
    email_addresses: emails,
    phone_numbers: [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    saml_accounts: [],
    enterprise_accounts: [],
    password_enabled: false,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    password_last_updated_at: null,
    last_sign_in_at: null,
    banned: false,
    locked: false,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: null,
    delete_self_enabled: true,
    create_organization_enabled: true,
    create_organizations_limit: null,
    last_active_at: null,
    legal_accepted_at: null,
    created_at: at,
    updated_at: at,
    ...columns(input, at),
  };
}
