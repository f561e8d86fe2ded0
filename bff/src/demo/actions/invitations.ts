import { randomBytes } from 'node:crypto';
import { DAY } from '../calendar.ts';
import { requireRights, rightsAt, rightsToInvite } from '../permissions.ts';
import { type InvitationRow, personOf, type RoleRow, record, type TenantFixture } from '../seed-state.ts';
import { arrive, type DemoPerson } from '../users.ts';
import { addMember, hold, idOf, named } from './members.ts';

interface Letter {
  email: string;
  roles: readonly RoleRow[];
  days?: number;
}

/** Nobody knows the token: its hash is random. */
export function invite(
  ledger: TenantFixture,
  at: Date,
  by: DemoPerson,
  { email, roles, days = 7 }: Letter,
): InvitationRow {
  requireRights(ledger, by, at, rightsToInvite(ledger, roles));
  for (const earlier of ledger.invitations) {
    const isOver = earlier.email === email && earlier.status === 'pending' && earlier.expiresAt <= at;
    if (isOver) Object.assign(earlier, { status: 'expired', version: earlier.version + 1 });
  }
  const tenantId = ledger.tenant.id;
  const invitation: InvitationRow = {
    tenantId,
    id: ledger.random.id(at),
    email,
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
  ledger.invitations.push(invitation);
  ledger.invitationRoles.push(...roles.map((role) => ({ tenantId, invitationId: invitation.id, roleId: role.id })));
  record(ledger, at, by, {
    action: 'invitation.created',
    category: 'invitation',
    permission: 'members:invite',
    target: { type: 'invitation', id: invitation.id, label: email },
    after: { email, roles: named(roles), expiresAt: invitation.expiresAt.toISOString() },
  });
  return invitation;
}

/** Whether it is open, and the inviter may still give what it gives. */
export function mayBeAccepted(ledger: TenantFixture, at: Date, invitation: InvitationRow): boolean {
  if (invitation.status !== 'pending' || invitation.expiresAt <= at) return false;
  const rights = invitation.invitedBy ? rightsAt(ledger, personOf(ledger, invitation.invitedBy), at) : null;
  const needed = rightsToInvite(ledger, rolesOf(ledger, invitation));
  return !rights || needed.every((code) => rights.has(code));
}

/** Whoever accepts makes their account first, unless they have one. */
export function accept(ledger: TenantFixture, at: Date, invitation: InvitationRow, person: DemoPerson): void {
  if (!mayBeAccepted(ledger, at, invitation)) throw new Error(`${person.name} cannot accept this any more`);
  const roles = rolesOf(ledger, invitation);
  arrive(person, new Date(at.getTime() - 40_000), 'themselves');
  Object.assign(invitation, { status: 'accepted', acceptedBy: person.id, acceptedAt: at, updatedAt: at });
  invitation.version += 1;
  const member = addMember(ledger, at, person, 'invitation');
  hold(
    ledger,
    at,
    member,
    roles.map((role) => ({ role })),
    invitation.invitedBy,
  );
  record(ledger, at, person, {
    action: 'invitation.accepted',
    category: 'invitation',
    subjectId: person.id,
    target: { type: 'invitation', id: invitation.id, label: invitation.email },
    before: { status: 'pending' },
    after: { status: 'accepted', roles: named(roles) },
    context: { memberId: member.id },
  });
}

export function revoke(ledger: TenantFixture, at: Date, by: DemoPerson, invitation: InvitationRow): void {
  requireRights(ledger, by, at, ['invitations:revoke']);
  const before = { status: invitation.expiresAt <= at ? 'expired' : invitation.status };
  Object.assign(invitation, { status: 'revoked', revokedBy: idOf(by), revokedAt: at, updatedAt: at });
  invitation.version += 1;
  record(ledger, at, by, {
    action: 'invitation.revoked',
    category: 'invitation',
    permission: 'invitations:revoke',
    target: { type: 'invitation', id: invitation.id, label: invitation.email },
    before,
    after: { status: 'revoked' },
  });
}

function rolesOf(ledger: TenantFixture, invitation: InvitationRow): RoleRow[] {
  const ids = ledger.invitationRoles
    .filter((given) => given.invitationId === invitation.id)
    .map(({ roleId }) => roleId);
  return ledger.roles.filter(({ id }) => ids.includes(id));
}
