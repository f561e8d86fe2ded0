import { invalid, notFound } from '../api-error.ts';
import type { EmailAddressJson, UserJson } from '../serialize.ts';
import { blankUser, columns, type MetadataChanges, type NewUser, type UserDetails } from './profile.ts';
import { mergeMetadata, type State, userOf } from './state.ts';

const LOCKED_FOR_SECONDS = 3600;

/** Operations on users. */
export function usersOf(
  state: State,
  cascade: { endMemberships(userId: string): void; revokeSessions(userId: string): void },
) {
  const save = (user: UserJson, type = 'user.updated') => {
    const saved = state.users.set({ ...user, updated_at: state.now() });
    state.emit(type, saved);
    return saved;
  };

  const createUser = (input: NewUser = {}): UserJson => {
    const at = input.createdAt ?? state.now();
    const id = input.id ?? state.id('user');
    const addresses = input.emails ?? (input.email ? [{ address: input.email }] : []);
    const emails = addresses.map(({ address, isVerified = true }) => newEmail(state, address, isVerified));
    const user = state.users.set(blankUser(state, { id, emails, input, at }));
    for (const { email_address } of emails) state.userIdByEmail.set(email_address.toLowerCase(), id);
    if (input.password !== undefined) state.passwords.set(id, input.password);
    state.emit('user.created', user);
    return user;
  };

  const setEmails = (user: UserJson, emails: EmailAddressJson[], primaryId: string | null) => {
    for (const { email_address } of user.email_addresses) state.userIdByEmail.delete(email_address.toLowerCase());
    for (const { email_address } of emails) state.userIdByEmail.set(email_address.toLowerCase(), user.id);
    return save({ ...user, email_addresses: emails, primary_email_address_id: primaryId });
  };

  return {
    createUser,

    updateUser(userId: string, details: UserDetails): UserJson {
      const user = userOf(state, userId);
      if (details.password !== undefined) state.passwords.set(userId, details.password);
      return save({ ...user, ...columns(details, state.now()) });
    },

    /** Replaces the primary address. */
    changeEmail(userId: string, address: string, { isVerified = true } = {}): UserJson {
      const user = userOf(state, userId);
      const email = newEmail(state, address, isVerified, userId);
      const others = user.email_addresses.filter(({ id }) => id !== user.primary_email_address_id);
      return setEmails(user, [...others, email], email.id);
    },

    addEmail(userId: string, address: string, { isVerified = true } = {}): UserJson {
      const user = userOf(state, userId);
      const email = newEmail(state, address, isVerified);
      return setEmails(user, [...user.email_addresses, email], user.primary_email_address_id ?? email.id);
    },

    setPrimaryEmail(userId: string, emailAddressId: string): UserJson {
      const user = userOf(state, userId);
      if (!user.email_addresses.some(({ id }) => id === emailAddressId))
        throw notFound('email address', emailAddressId);
      return save({ ...user, primary_email_address_id: emailAddressId });
    },

    setUserMetadata(userId: string, changes: MetadataChanges): UserJson {
      const user = userOf(state, userId);
      return save({
        ...user,
        ...(changes.public ? { public_metadata: mergeMetadata(user.public_metadata, changes.public) } : {}),
        ...(changes.private ? { private_metadata: mergeMetadata(user.private_metadata ?? {}, changes.private) } : {}),
        ...(changes.unsafe ? { unsafe_metadata: mergeMetadata(user.unsafe_metadata, changes.unsafe) } : {}),
      });
    },

    /** Ends all sessions too. */
    banUser(userId: string): UserJson {
      const user = save({ ...userOf(state, userId), banned: true });
      cascade.revokeSessions(userId);
      return user;
    },

    unbanUser: (userId: string) => save({ ...userOf(state, userId), banned: false }),

    lockUser: (userId: string) =>
      save({
        ...userOf(state, userId),
        locked: true,
        lockout_expires_in_seconds: LOCKED_FOR_SECONDS,
        verification_attempts_remaining: 0,
      }),

    unlockUser: (userId: string) =>
      save({
        ...userOf(state, userId),
        locked: false,
        lockout_expires_in_seconds: null,
        verification_attempts_remaining: null,
      }),

    /** Ends all memberships and sessions too. */
    deleteUser(userId: string) {
      const user = userOf(state, userId);
      cascade.endMemberships(userId);
      cascade.revokeSessions(userId);
      state.users.delete(userId);
      state.passwords.delete(userId);
      for (const { email_address } of user.email_addresses) state.userIdByEmail.delete(email_address.toLowerCase());
      const deleted = {
        object: 'user' as const,
        id: userId,
        deleted: true as const,
        ...(user.external_id === null ? {} : { external_id: user.external_id }),
      };
      state.emit('user.deleted', deleted);
      return deleted;
    },

    findUserByEmail(address: string): UserJson | null {
      const id = state.userIdByEmail.get(address.toLowerCase());
      return (id && state.users.get(id)) || null;
    },

    isPassword: (userId: string, password: string) => state.passwords.get(userId) === password,
  };
}

function newEmail(state: State, address: string, isVerified: boolean, ownerId?: string): EmailAddressJson {
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) {
    throw invalid('form_param_format_invalid', 'Email address must be a valid email address.', 'email_address');
  }
  const owner = state.userIdByEmail.get(address.toLowerCase());
  if (owner !== undefined && owner !== ownerId) {
    throw invalid('form_identifier_exists', 'That email address is taken. Please try another.', 'email_address');
  }
  const at = state.now();
  return {
    id: state.id('idn'),
    object: 'email_address',
    email_address: address,
    reserved: false,
    verification: isVerified
      ? { object: 'verification_admin', status: 'verified', strategy: 'admin', attempts: null, expire_at: null }
      : {
          object: 'verification_otp',
          status: 'unverified',
          strategy: 'email_code',
          attempts: 0,
          expire_at: at + 600_000,
        },
    linked_to: [],
    matches_sso_connection: false,
    created_at: at,
    updated_at: at,
  };
}
