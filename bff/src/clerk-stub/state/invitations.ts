import { ClerkRefusal, invalid, notFound } from '../api-error.ts';
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
  /** Whoever made the organization, where nobody is named. */
  inviterId?: string | null;
  privateMetadata?: Metadata;
}

const DAY = 86_400_000;

interface Hooks {
  join(organizationId: string, userId: string, role: string, metadata: { publicMetadata: Metadata }): unknown;
  createUser(person: { email: string; publicMetadata?: Metadata; password?: string }): UserJson;
  findUserByEmail(address: string): UserJson | null;
}

/** Invitations into an organization, which webhooks tell of, and into the app, which they do not. */
export function invitationsOf(state: State, { join, createUser, findUserByEmail }: Hooks) {
  const invitationOf = (id: string): OrganizationInvitationJson => {
    const invitation = state.invitations.get(id);
    if (!invitation) throw notFound('organization invitation', id);
    return invitation;
  };
  const pending = <T extends { status: string; expires_at: number | null }>(invitation: T): T => {
    if (invitation.status === 'pending' && (invitation.expires_at ?? Infinity) > state.now()) return invitation;
    const message = 'Only pending invitations can be accepted or revoked.';
    throw new ClerkRefusal(400, 'organization_invitation_not_pending', message);
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
    createInvitation(given: NewOrganizationInvitation): OrganizationInvitationJson {
      const organization = organizationOf(state, given.organizationId);
      const role = roleOf(state, given.role ?? 'org:member');
      const inviterId = given.inviterId ?? organization.created_by ?? null;
      const isTwice = state.invitations
        .values()
        .some((other) => isSame(other, given) && other.status === 'pending' && (other.expires_at ?? 0) > state.now());
      if (isTwice)
        throw invalid('duplicate_record', 'There are already pending invitations for this address.', 'email_address');
      const at = state.now();
      const id = state.id('orginv');
      const made = state.invitations.set({
        object: 'organization_invitation',
        id,
        email_address: given.email,
        role: role.key,
        role_name: role.name,
        organization_id: organization.id,
        inviter_id: inviterId,
        public_inviter_data: inviterId && state.users.get(inviterId) ? publicUserData(userOf(state, inviterId)) : null,
        status: 'pending',
        public_metadata: given.publicMetadata ?? {},
        private_metadata: given.privateMetadata ?? {},
        url: ticketUrl(state, id),
        expires_at: at + (given.expiresInDays ?? 30) * DAY,
        created_at: at,
        updated_at: at,
      });
      count(organization.id, 1);
      state.emit('organizationInvitation.created', made);
      return made;
    },

    /** By the person of that address, who is made when there is none yet. */
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

    createApplicationInvitation(given: NewInvitation): InvitationJson {
      if (findUserByEmail(given.email)) {
        throw new ClerkRefusal(400, 'form_identifier_exists', 'That email address is taken.', {
          param_name: 'email_address',
        });
      }
      const at = state.now();
      const id = state.id('inv');
      return state.applicationInvitations.set({
        object: 'invitation',
        id,
        email_address: given.email,
        public_metadata: given.publicMetadata ?? {},
        revoked: false,
        status: 'pending',
        url: ticketUrl(state, id),
        expires_at: at + (given.expiresInDays ?? 30) * DAY,
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
