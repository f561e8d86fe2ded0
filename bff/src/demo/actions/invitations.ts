import { randomBytes } from 'node:crypto';
import { emailKey } from '../../core/text/email-address.ts';
import { DAY } from '../calendar.ts';
import { assertPermissions, permissionsAt, permissionsToInvite } from '../permissions.ts';
import { type InvitationRow, type RoleRow, record, type SeedState, userOf } from '../seed-state.ts';
import { createAccount, type DemoUser } from '../users.ts';
import { actorIdOf, addMember, assignRoles, roleRefs } from './members.ts';

interface NewInvitation {
  email: string;
  roles: readonly RoleRow[];
  days?: number;
}

/** Creates an invitation that cannot be used: its token hash is random. */
export function invite(
  state: SeedState,
  at: Date,
  by: DemoUser,
  { email, roles, days = 7 }: NewInvitation,
): InvitationRow {
  assertPermissions(state, by, at, permissionsToInvite(state, roles));
  for (const earlier of state.invitations) {
    const isOver = earlier.email === email && earlier.status === 'pending' && earlier.expiresAt <= at;
    if (isOver) Object.assign(earlier, { status: 'expired', version: earlier.version + 1 });
  }
  const tenantId = state.tenant.id;
  const invitation: InvitationRow = {
    tenantId,
    id: state.random.id(at),
    email,
    emailKey: emailKey(email),
    tokenHash: new Uint8Array(randomBytes(32)),
    status: 'pending',
    expiresAt: new Date(at.getTime() + days * DAY),
    invitedBy: by.id,
    deliveryStatus: 'sent',
    acceptedBy: null,
    acceptedAt: null,
    revokedBy: null,
    revokedAt: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  state.invitations.push(invitation);
  state.invitationRoles.push(...roles.map((role) => ({ tenantId, invitationId: invitation.id, roleId: role.id })));
  record(state, at, by, {
    action: 'invitation.created',
    category: 'invitation',
    permission: 'members:invite',
    target: { type: 'invitation', id: invitation.id, label: email },
    after: { email, roles: roleRefs(roles), expiresAt: invitation.expiresAt.toISOString() },
  });
  return invitation;
}

/** Tells whether the invitation is pending and the inviter can still assign its roles. */
export function canBeAccepted(state: SeedState, at: Date, invitation: InvitationRow): boolean {
  if (invitation.status !== 'pending' || invitation.expiresAt <= at) return false;
  const held = invitation.invitedBy ? permissionsAt(state, userOf(state, invitation.invitedBy), at) : null;
  const needed = permissionsToInvite(state, rolesOf(state, invitation));
  return !held || needed.every((code) => held.has(code));
}

/** Accepts the invitation, with a new account unless the user has one. */
export function accept(state: SeedState, at: Date, invitation: InvitationRow, user: DemoUser): void {
  if (!canBeAccepted(state, at, invitation)) throw new Error(`${user.name} cannot accept this invitation`);
  const roles = rolesOf(state, invitation);
  createAccount(user, new Date(at.getTime() - 40_000), 'self');
  Object.assign(invitation, { status: 'accepted', acceptedBy: user.id, acceptedAt: at, updatedAt: at });
  invitation.version += 1;
  const member = addMember(state, at, user, 'invitation');
  assignRoles(
    state,
    at,
    member,
    roles.map((role) => ({ role })),
    invitation.invitedBy,
  );
  record(state, at, user, {
    action: 'invitation.accepted',
    category: 'invitation',
    subjectId: user.id,
    target: { type: 'invitation', id: invitation.id, label: invitation.email },
    before: { status: 'pending' },
    after: { status: 'accepted', roles: roleRefs(roles) },
    context: { memberId: member.id },
  });
}

export function revoke(state: SeedState, at: Date, by: DemoUser, invitation: InvitationRow): void {
  assertPermissions(state, by, at, ['invitations:revoke']);
  const before = { status: invitation.expiresAt <= at ? 'expired' : invitation.status };
  Object.assign(invitation, { status: 'revoked', revokedBy: actorIdOf(by), revokedAt: at, updatedAt: at });
  invitation.version += 1;
  record(state, at, by, {
    action: 'invitation.revoked',
    category: 'invitation',
    permission: 'invitations:revoke',
    target: { type: 'invitation', id: invitation.id, label: invitation.email },
    before,
    after: { status: 'revoked' },
  });
}

function rolesOf(state: SeedState, invitation: InvitationRow): RoleRow[] {
  const ids = state.invitationRoles
    .filter((invited) => invited.invitationId === invitation.id)
    .map(({ roleId }) => roleId);
  return state.roles.filter(({ id }) => ids.includes(id));
}
