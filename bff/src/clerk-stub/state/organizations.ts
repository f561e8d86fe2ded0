import { invalid } from '../api-error.ts';
import type { Metadata, OrganizationJson } from '../serialize.ts';
import type { MetadataChanges } from './profile.ts';
import { mergeMetadata, organizationOf, type State, userOf } from './state.ts';

export interface NewOrganization {
  id?: string;
  name: string;
  slug?: string | null;
  /** Id of the user who becomes `org:admin`. */
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

/** Operations on organizations. */
export function organizationsOf(state: State, { join, leaveAll }: Hooks) {
  const save = (organization: OrganizationJson) => {
    const saved = state.organizations.set({ ...organization, updated_at: state.now() });
    state.emit('organization.updated', saved);
    return saved;
  };

  const availableSlug = (slug: string, ownId?: string) => {
    const owner = findBySlug(slug);
    if (owner && owner.id !== ownId) {
      throw invalid('form_identifier_exists', 'That slug is taken. Please try another.', 'slug');
    }
    return slug;
  };
  const findBySlug = (slug: string) => state.organizations.values().find((organization) => organization.slug === slug);

  return {
    createOrganization(input: NewOrganization): OrganizationJson {
      if (input.createdBy) userOf(state, input.createdBy);
      const id = input.id ?? state.id('org');
      const at = input.createdAt ?? state.now();
      const created = state.organizations.set({
        object: 'organization',
        id,
        name: input.name,
        slug: input.slug ? availableSlug(input.slug) : slugOf(input.name, id),
        image_url: state.imageUrlOf(id),
        has_image: false,
        members_count: 0,
        missing_member_with_elevated_permissions: false,
        pending_invitations_count: 0,
        max_allowed_memberships: MAX_MEMBERS,
        admin_delete_enabled: true,
        public_metadata: input.publicMetadata ?? {},
        private_metadata: input.privateMetadata ?? {},
        ...(input.createdBy ? { created_by: input.createdBy } : {}),
        created_at: at,
        updated_at: at,
      });
      state.emit('organization.created', created);
      if (input.createdBy) join(id, input.createdBy, 'org:admin');
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
        ...(slug === undefined ? {} : { slug: availableSlug(slug, organizationId) }),
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

    /** Ends all memberships and invitations too. */
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

/** Derives a unique slug from the name, as Clerk does. */
function slugOf(name: string, id: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${plain || 'org'}-${id.slice(4).toLowerCase()}`;
}
