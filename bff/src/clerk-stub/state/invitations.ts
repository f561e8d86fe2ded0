import { ClerkApiError, invalid, notFound } from '../api-error.ts';
import type { InvitationJson, Metadata, OrganizationInvitationJson, UserJson } from '../serialize.ts';
import { publicUserData } from './memberships.ts';
import { organizationOf, roleOf, type State, userOf } from './state.ts';

export interface NewInvitation {
  email: string;
  publicMetadata?: Metadata;
  expiresInDays?: number;
}

export interface NewOrganizationInvitation extends NewInvitation {
  organizationId: string;
  role?: string;
  /** The creator of the organization by default. */
  inviterId?: string | null;
  privateMetadata?: Metadata;
}

const DAY = 86_400_000;

interface Hooks {
  join(organizationId: string, userId: string, role: string, metadata: { publicMetadata: Metadata }): unknown;
  createUser(input: { email: string; publicMetadata?: Metadata; password?: string }): UserJson;
  findUserByEmail(address: string): UserJson | null;
}

/** Operations on invitations: to an organization, with events, and to the application, without. */
export function invitationsOf(state: State, { join, createUser, findUserByEmail }: Hooks) {
  const invitationOf = (id: string): OrganizationInvitationJson => {
    const invitation = state.invitations.get(id);
    if (!invitation) throw notFound('organization invitation', id);
    return invitation;
  };
  const pending = <T extends { status: string; expires_at: number | null }>(invitation: T): T => {
    if (invitation.status === 'pending' && (invitation.expires_at ?? Infinity) > state.now()) return invitation;
    const message = 'Only pending invitations can be accepted or revoked.';
    throw new ClerkApiError(400, 'organization_invitation_not_pending', message);
  };
  const count = (organizationId: string, by: number) => {
    const organization = organizationOf(state, organizationId);
    const pending_invitations_count = organization.pending_invitations_count + by;
    state.organizations.set({ ...organization, pending_invitations_count });
  };
  const close = (invitation: OrganizationInvitationJson, status: 'accepted' | 'revoked') => {
    count(invitation.organization_id, -1);
    return state.invitations.set({ ...invitation, status, url: null, updated_at: state.now() });
  };

  return {
    createInvitation(input: NewOrganizationInvitation): OrganizationInvitationJson {
      const organization = organizationOf(state, input.organizationId);
      const role = roleOf(state, input.role ?? 'org:member');
      const inviterId = input.inviterId ?? organization.created_by ?? null;
      const isDuplicate = state.invitations
        .values()
        .some((other) => isSame(other, input) && other.status === 'pending' && (other.expires_at ?? 0) > state.now());
      if (isDuplicate)
        throw invalid('duplicate_record', 'There are already pending invitations for this address.', 'email_address');
      const at = state.now();
      const id = state.id('orginv');
      const created = state.invitations.set({
        object: 'organization_invitation',
        id,
        email_address: input.email,
        role: role.key,
        role_name: role.name,
        organization_id: organization.id,
        inviter_id: inviterId,
        public_inviter_data: inviterId && state.users.get(inviterId) ? publicUserData(userOf(state, inviterId)) : null,
        status: 'pending',
        public_metadata: input.publicMetadata ?? {},
        private_metadata: input.privateMetadata ?? {},
        url: ticketUrl(state, id),
        expires_at: at + (input.expiresInDays ?? 30) * DAY,
        created_at: at,
        updated_at: at,
      });
      count(organization.id, 1);
      state.emit('organizationInvitation.created', created);
      return created;
    },

    /** Accepts as the user with that address, who is created if missing. */
    acceptInvitation(invitationId: string): OrganizationInvitationJson {
      const invitation = pending(invitationOf(invitationId));
      const user = findUserByEmail(invitation.email_address) ?? createUser({ email: invitation.email_address });
      const { organization_id, role, public_metadata } = invitation;
      join(organization_id, user.id, role, { publicMetadata: public_metadata });
      const accepted = close(invitation, 'accepted');
      state.emit('organizationInvitation.accepted', { ...accepted, user_id: user.id });
      return accepted;
    },

    revokeInvitation(invitationId: string): OrganizationInvitationJson {
      const revoked = close(pending(invitationOf(invitationId)), 'revoked');
      state.emit('organizationInvitation.revoked', revoked);
      return revoked;
    },

    createApplicationInvitation(input: NewInvitation): InvitationJson {
      if (findUserByEmail(input.email)) {
        throw new ClerkApiError(400, 'form_identifier_exists', 'That email address is taken.', {
          param_name: 'email_address',
        });
      }
      const at = state.now();
      const id = state.id('inv');
      return state.applicationInvitations.set({
        object: 'invitation',
        id,
        email_address: input.email,
        public_metadata: input.publicMetadata ?? {},
        revoked: false,
        status: 'pending',
        url: ticketUrl(state, id),
        expires_at: at + (input.expiresInDays ?? 30) * DAY,
        created_at: at,
        updated_at: at,
      });
    },

    acceptApplicationInvitation(invitationId: string, { password }: { password?: string } = {}): UserJson {
      const invitation = pending(applicationInvitationOf(state, invitationId));
      state.applicationInvitations.set({ ...invitation, status: 'accepted', updated_at: state.now() });
      const { email_address: email, public_metadata: publicMetadata } = invitation;
      return createUser({ email, publicMetadata, ...(password === undefined ? {} : { password }) });
    },

    revokeApplicationInvitation(invitationId: string): InvitationJson {
      const invitation = pending(applicationInvitationOf(state, invitationId));
      return state.applicationInvitations.set({
        ...invitation,
        status: 'revoked',
        revoked: true,
        updated_at: state.now(),
      });
    },
  };
}

const isSame = (invitation: OrganizationInvitationJson, { organizationId, email }: NewOrganizationInvitation) =>
  invitation.organization_id === organizationId && invitation.email_address.toLowerCase() === email.toLowerCase();

const ticketUrl = (state: State, id: string) =>
  `https://clerk.rolecall.test/v1/tickets/accept?ticket=${state.id('dvb')}.${id}`;

function applicationInvitationOf(state: State, id: string): InvitationJson {
  const invitation = state.applicationInvitations.get(id);
  if (!invitation) throw notFound('invitation', id);
  return invitation;
}
