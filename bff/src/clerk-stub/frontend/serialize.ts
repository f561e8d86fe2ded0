import type { SessionJson, UserJson } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { publicUserData } from '../state/memberships.ts';

/** A browser with its sessions and an unfinished sign-in. */
export interface Browser {
  id: string;
  sessionIds: string[];
  signIn: SignIn | null;
  createdAt: number;
}

export interface SignIn {
  id: string;
  userId: string;
  identifier: string;
  sessionId: string | null;
}

const HALF_AN_HOUR = 30 * 60_000;
const FACTORS = [{ strategy: 'password' }];

/** Serializes a user for their own browser. */
export function ownUser(instance: ClerkInstance, user: UserJson) {
  const { private_metadata: _, create_organizations_limit: __, ...visible } = user;
  return { ...visible, organization_memberships: instance.membershipsOf(user.id).map(ownMembership) };
}

export const ownMembership = (membership: ReturnType<ClerkInstance['membershipsOf']>[number]) => {
  const { private_metadata: _, organization, ...visible } = membership;
  const {
    private_metadata: __,
    created_by,
    missing_member_with_elevated_permissions,
    ...ownOrganization
  } = organization;
  return { ...visible, organization: ownOrganization };
};

/** Serializes a session with its user and a first token. */
export function sessionShape(instance: ClerkInstance, session: SessionJson, jwt: string) {
  const user = instance.state.users.get(session.user_id);
  return {
    ...session,
    factor_verification_age: [0, -1],
    tasks: null,
    last_active_token: { object: 'token', jwt },
    user: user ? ownUser(instance, user) : null,
    public_user_data: user ? publicUserData(user) : null,
  };
}

export function clientShape(browser: Browser, sessions: ReturnType<typeof sessionShape>[], now: number) {
  return {
    object: 'client',
    id: browser.id,
    sessions,
    sign_in: browser.signIn && !browser.signIn.sessionId ? signInShape(browser.signIn, now) : null,
    sign_up: null,
    last_active_session_id: sessions[0]?.id ?? null,
    cookie_expires_at: null,
    captcha_bypass: true,
    last_authentication_strategy: null,
    created_at: browser.createdAt,
    updated_at: now,
  };
}

export function signInShape({ id, identifier, sessionId }: SignIn, now: number) {
  return {
    object: 'sign_in_attempt',
    id,
    status: sessionId ? 'complete' : 'needs_first_factor',
    identifier,
    supported_identifiers: ['email_address'],
    supported_first_factors: FACTORS,
    supported_second_factors: null,
    first_factor_verification: sessionId ? { status: 'verified', strategy: 'password' } : null,
    second_factor_verification: null,
    user_data: null,
    created_session_id: sessionId,
    abandon_at: now + HALF_AN_HOUR,
  };
}

interface SignUp {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  hasPassword: boolean;
  userId: string | null;
  sessionId: string | null;
}

export function signUpShape(signUp: SignUp, now: number) {
  const missing = [...(signUp.email ? [] : ['email_address']), ...(signUp.hasPassword ? [] : ['password'])];
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: signUp.sessionId ? 'complete' : 'missing_requirements',
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: missing,
    unverified_fields: [],
    verifications: { email_address: null, phone_number: null, web3_wallet: null, external_account: null },
    username: null,
    email_address: signUp.email,
    phone_number: null,
    web3_wallet: null,
    external_account_strategy: null,
    external_account: null,
    has_password: signUp.hasPassword,
    password_enabled: signUp.hasPassword,
    custom_action: false,
    external_id: null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    unsafe_metadata: {},
    locale: null,
    legal_accepted_at: null,
    created_session_id: signUp.sessionId,
    created_user_id: signUp.userId,
    abandon_at: now + HALF_AN_HOUR,
  };
}
