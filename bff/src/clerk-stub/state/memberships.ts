import { ClerkApiError, notFound } from '../api-error.ts';
import type { MembershipJson, Metadata, PublicUserData, UserJson } from '../serialize.ts';
import type { MetadataChanges } from './profile.ts';
import { type MembershipRecord, mergeMetadata, organizationOf, roleOf, type State, userOf } from './state.ts';

interface MembershipMetadata {
  publicMetadata?: Metadata;
  privateMetadata?: Metadata;
}

/** Operations on memberships. */
export function membershipsOf(state: State) {
  const json = (record: MembershipRecord): MembershipJson => membershipJson(state, record);

  const find = (organizationId: string, userId: string): MembershipRecord | null => {
    for (const id of state.membershipsOf.get(userId) ?? []) {
      const record = state.memberships.get(id);
      if (record?.organizationId === organizationId) return record;
    }
    return null;
  };
  const existing = (organizationId: string, userId: string): MembershipRecord => {
    organizationOf(state, organizationId);
    const record = find(organizationId, userId);
    if (!record) throw notFound('organization membership', userId);
    return record;
  };
  const save = (record: MembershipRecord) => {
    const saved = json(state.memberships.set({ ...record, updated_at: state.now() }));
    state.emit('organizationMembership.updated', saved);
    return saved;
  };

  const end = (record: MembershipRecord, { isAnnounced }: { isAnnounced: boolean }): MembershipJson => {
    count(record.organizationId, -1);
    const last = json(record);
    state.memberships.delete(record.id);
    state.membershipsOf.get(record.userId)?.delete(record.id);
    state.membershipsOf.get(record.organizationId)?.delete(record.id);
    if (isAnnounced) state.emit('organizationMembership.deleted', last);
    return last;
  };
  const count = (organizationId: string, by: number) => {
    const organization = organizationOf(state, organizationId);
    state.organizations.set({ ...organization, members_count: organization.members_count + by });
  };

  /** Ends all memberships of a user or an organization. */
  const endAllOf = (ownerId: string) => {
    for (const record of recordsOf(state, ownerId)) end(record, { isAnnounced: state.announcesCascades });
    state.membershipsOf.delete(ownerId);
  };

  return {
    endAllOf,

    addMembership(
      organizationId: string,
      userId: string,
      role = 'org:member',
      { publicMetadata = {}, privateMetadata = {} }: MembershipMetadata = {},
    ): MembershipJson {
      organizationOf(state, organizationId);
      userOf(state, userId);
      roleOf(state, role);
      if (find(organizationId, userId)) {
        throw new ClerkApiError(
          400,
          'already_a_member_in_organization',
          `User ${userId} is already a member of the organization.`,
        );
      }
      const at = state.now();
      const record = state.memberships.set({
        id: state.id('orgmem'),
        organizationId,
        userId,
        role,
        public_metadata: publicMetadata,
        private_metadata: privateMetadata,
        created_at: at,
        updated_at: at,
      });
      for (const owner of [userId, organizationId]) {
        state.membershipsOf.set(owner, (state.membershipsOf.get(owner) ?? new Set()).add(record.id));
      }
      count(organizationId, 1);
      const created = json(record);
      state.emit('organizationMembership.created', created);
      return created;
    },

    setMembershipRole(organizationId: string, userId: string, role: string): MembershipJson {
      const record = existing(organizationId, userId);
      return save({ ...record, role: roleOf(state, role).key });
    },

    setMembershipMetadata(organizationId: string, userId: string, changes: Omit<MetadataChanges, 'unsafe'>) {
      const record = existing(organizationId, userId);
      return save({
        ...record,
        ...(changes.public ? { public_metadata: mergeMetadata(record.public_metadata, changes.public) } : {}),
        ...(changes.private ? { private_metadata: mergeMetadata(record.private_metadata, changes.private) } : {}),
      });
    },

    removeMembership: (organizationId: string, userId: string): MembershipJson =>
      end(existing(organizationId, userId), { isAnnounced: true }),

    findMembership(organizationId: string, userId: string): MembershipJson | null {
      const record = find(organizationId, userId);
      return record && json(record);
    },

    /** Returns the memberships of a user or an organization, oldest first. */
    membershipsOf: (ownerId: string): MembershipJson[] => recordsOf(state, ownerId).map(json),
  };
}

/** Returns the records of a user or an organization, oldest first. */
export function recordsOf(state: State, ownerId: string): MembershipRecord[] {
  return [...(state.membershipsOf.get(ownerId) ?? [])]
    .map((id) => state.memberships.get(id))
    .filter((record) => record !== undefined);
}

export function membershipJson(state: State, record: MembershipRecord): MembershipJson {
  const user = userOf(state, record.userId);
  const { name, permissions } = roleOf(state, record.role);
  return {
    object: 'organization_membership',
    id: record.id,
    role: record.role,
    role_name: name,
    permissions: permissions.map(({ key }) => key),
    public_metadata: record.public_metadata,
    private_metadata: record.private_metadata,
    organization: organizationOf(state, record.organizationId),
    public_user_data: { ...publicUserData(user), profile_image_url: user.profile_image_url },
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

export function publicUserData(user: UserJson): PublicUserData {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  return {
    user_id: user.id,
    first_name: user.first_name,
    last_name: user.last_name,
    image_url: user.image_url,
    has_image: user.has_image,
    identifier: primary?.email_address ?? user.username ?? '',
  };
}
