import { invalid } from '../api-error.ts';
import type { Metadata, OrganizationJson } from '../serialize.ts';
import type { MetadataChanges } from './profile.ts';
import { mergeMetadata, organizationOf, type State, userOf } from './state.ts';

export interface NewOrganization {
  id?: string;
  name: string;
  slug?: string | null;
  /** A user's id: they become `org:admin`. */
  createdBy?: string | null;
  publicMetadata?: Metadata;
  privateMetadata?: Metadata;
  createdAt?: number;
}

const MAX_MEMBERS = 5;

interface Hooks {
  join(organizationId: string, userId: string, role: string): unknown;
  leaveAll(organizationId: string): void;
}

/** What happens to organizations themselves. */
export function organizationsOf(state: State, { join, leaveAll }: Hooks) {
  const save = (organization: OrganizationJson) => {
    const saved = state.organizations.set({ ...organization, updated_at: state.now() });
    state.emit('organization.updated', saved);
    return saved;
  };

  const freeSlug = (wanted: string, ownId?: string) => {
    const holder = findBySlug(wanted);
    if (holder && holder.id !== ownId) {
      throw invalid('form_identifier_exists', 'That slug is taken. Please try another.', 'slug');
    }
    return wanted;
  };
  const findBySlug = (slug: string) => state.organizations.values().find((organization) => organization.slug === slug);

  return {
    createOrganization(given: NewOrganization): OrganizationJson {
      if (given.createdBy) userOf(state, given.createdBy);
      const id = given.id ?? state.id('org');
      const at = given.createdAt ?? state.now();
      const made = state.organizations.set({
        object: 'organization',
        id,
        name: given.name,
        slug: given.slug ? freeSlug(given.slug) : slugOf(given.name, id),
        image_url: state.imageUrlOf(id),
        has_image: false,
        members_count: 0,
        missing_member_with_elevated_permissions: false,
        pending_invitations_count: 0,
        max_allowed_memberships: MAX_MEMBERS,
        admin_delete_enabled: true,
        public_metadata: given.publicMetadata ?? {},
        private_metadata: given.privateMetadata ?? {},
        ...(given.createdBy ? { created_by: given.createdBy } : {}),
        created_at: at,
        updated_at: at,
      });
      state.emit('organization.created', made);
      if (given.createdBy) join(id, given.createdBy, 'org:admin');
      return organizationOf(state, id);
    },

    updateOrganization(
      organizationId: string,
      { name, slug }: { name?: string | undefined; slug?: string | undefined },
    ) {
      const organization = organizationOf(state, organizationId);
      return save({
        ...organization,
        ...(name === undefined ? {} : { name }),
        ...(slug === undefined ? {} : { slug: freeSlug(slug, organizationId) }),
      });
    },

    setOrganizationMetadata(organizationId: string, changes: Omit<MetadataChanges, 'unsafe'>): OrganizationJson {
      const organization = organizationOf(state, organizationId);
      return save({
        ...organization,
        ...(changes.public ? { public_metadata: mergeMetadata(organization.public_metadata, changes.public) } : {}),
        ...(changes.private ? { private_metadata: mergeMetadata(organization.private_metadata, changes.private) } : {}),
      });
    },

    /** Its memberships and invitations go too. */
    deleteOrganization(organizationId: string) {
      const { slug } = organizationOf(state, organizationId);
      leaveAll(organizationId);
      for (const invitation of [...state.invitations.values()]) {
        if (invitation.organization_id === organizationId) state.invitations.delete(invitation.id);
      }
      state.organizations.delete(organizationId);
      const deleted = { object: 'organization' as const, id: organizationId, slug, deleted: true as const };
      state.emit('organization.deleted', deleted);
      return deleted;
    },

    findOrganizationBySlug: (slug: string): OrganizationJson | null => findBySlug(slug) ?? null,
  };
}

/** As Clerk makes one: the name, and something that nobody else has. */
function slugOf(name: string, id: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${plain || 'org'}-${id.slice(4).toLowerCase()}`;
}
