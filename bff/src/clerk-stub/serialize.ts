/** Clerk's JSON objects, as in responses of its Backend API and in `data` of webhook events. Times are epoch milliseconds. */
export type Metadata = Record<string, unknown>;

export interface EmailAddressJson {
  id: string;
  object: 'email_address';
  email_address: string;
  reserved: boolean;
  verification: {
    object: 'verification_admin' | 'verification_otp';
    status: 'verified' | 'unverified';
    strategy: 'admin' | 'email_code';
    attempts: number | null;
    expire_at: number | null;
  } | null;
  linked_to: { type: string; id: string }[];
  matches_sso_connection: boolean;
  created_at: number;
  updated_at: number;
}

export interface UserJson {
  id: string;
  object: 'user';
  external_id: string | null;
  primary_email_address_id: string | null;
  primary_phone_number_id: string | null;
  primary_web3_wallet_id: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  profile_image_url: string;
  image_url: string;
  has_image: boolean;
  public_metadata: Metadata;
  private_metadata: Metadata | null;
  unsafe_metadata: Metadata;
  email_addresses: EmailAddressJson[];
  phone_numbers: unknown[];
  web3_wallets: unknown[];
  passkeys: unknown[];
  external_accounts: unknown[];
  saml_accounts: unknown[];
  enterprise_accounts: unknown[];
  password_enabled: boolean;
  two_factor_enabled: boolean;
  totp_enabled: boolean;
  backup_code_enabled: boolean;
  mfa_enabled_at: number | null;
  mfa_disabled_at: number | null;
  password_last_updated_at: number | null;
  last_sign_in_at: number | null;
  banned: boolean;
  locked: boolean;
  lockout_expires_in_seconds: number | null;
  verification_attempts_remaining: number | null;
  delete_self_enabled: boolean;
  create_organization_enabled: boolean;
  create_organizations_limit: number | null;
  last_active_at: number | null;
  legal_accepted_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface OrganizationJson {
  object: 'organization';
  id: string;
  name: string;
  slug: string;
  image_url: string;
  has_image: boolean;
  members_count: number;
  missing_member_with_elevated_permissions: boolean;
  pending_invitations_count: number;
  max_allowed_memberships: number;
  admin_delete_enabled: boolean;
  public_metadata: Metadata;
  private_metadata: Metadata;
  created_by?: string;
  created_at: number;
  updated_at: number;
}

export interface MembershipJson {
  object: 'organization_membership';
  id: string;
  role: string;
  role_name: string;
  permissions: string[];
  public_metadata: Metadata;
  private_metadata: Metadata;
  organization: OrganizationJson;
  public_user_data: PublicUserData & { profile_image_url: string | null };
  created_at: number;
  updated_at: number;
}

export interface PublicUserData {
  user_id: string;
  first_name: string | null;
  last_name: string | null;
  image_url: string;
  has_image: boolean;
  identifier: string;
}

export interface OrganizationInvitationJson {
  object: 'organization_invitation';
  id: string;
  email_address: string;
  role: string;
  role_name: string;
  organization_id: string;
  inviter_id: string | null;
  public_inviter_data: PublicUserData | null;
  status: InvitationStatus;
  public_metadata: Metadata;
  private_metadata: Metadata;
  url: string | null;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface InvitationJson {
  object: 'invitation';
  id: string;
  email_address: string;
  public_metadata: Metadata;
  revoked: boolean;
  status: InvitationStatus;
  url: string;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
}

export type InvitationStatus = 'pending' | 'accepted' | 'revoked' | 'expired';

export interface SessionJson {
  object: 'session';
  id: string;
  user_id: string;
  client_id: string;
  actor: { sub: string } | null;
  status: 'active' | 'revoked' | 'ended' | 'expired' | 'removed';
  last_active_organization_id: string | null;
  last_active_at: number;
  expire_at: number;
  abandon_at: number;
  created_at: number;
  updated_at: number;
}

export interface RoleJson {
  object: 'role';
  id: string;
  name: string;
  key: string;
  description: string | null;
  is_creator_eligible: boolean;
  permissions: PermissionJson[];
  created_at: number;
  updated_at: number;
}

interface PermissionJson {
  object: 'permission';
  id: string;
  name: string;
  key: string;
  description: string;
  type: 'system' | 'user';
  created_at: number;
  updated_at: number;
}

/** A webhook event; its message id is the same for every delivery. */
export interface ClerkMessage {
  id: string;
  event: {
    object: 'event';
    type: string;
    instance_id: string;
    timestamp: number;
    event_attributes: { http_request: { client_ip: string; user_agent: string } };
    data: object;
  };
}
