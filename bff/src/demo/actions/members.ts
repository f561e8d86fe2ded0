import { roleRef } from '../../core/schema.ts';
import { searchTextOf, sortNameOf } from '../../core/text/user-names.ts';
import { assertPermissions, permissionsToAssign, rolesAt } from '../permissions.ts';
import {
  type AssignmentRow,
  assignmentsAt,
  type MemberRow,
  memberOf,
  type RoleRow,
  record,
  roleOf,
  type SeedState,
} from '../seed-state.ts';
import type { Actor } from '../users.ts';
import { createAccount, type DemoUser } from '../users.ts';

export interface NewAssignment {
  role: RoleRow;
  validUntil?: Date;
}

export const roleRefs = (roles: readonly RoleRow[]) => roles.map(roleRef);
export const actorIdOf = (by: Actor): string | null => (typeof by === 'string' ? null : by.id);

/** Adds a member from the provider's directory, with the role that new members get. */
export function joinFromDirectory(state: SeedState, at: Date, user: DemoUser): void {
  createAccount(user, new Date(at.getTime() - 900), 'provider');
  const role = roleOf(state, 'member');
  const member = addMember(state, at, user, 'identity');
  assignRoles(state, at, member, [{ role }], null);
  record(state, at, 'provider', {
    action: 'member.joined',
    category: 'membership',
    subjectId: user.id,
    target: { type: 'member', id: member.id, label: null },
    after: { status: 'active', roles: roleRefs([role]) },
    context: { identityRole: role.identityRole },
  });
}

export function addMember(state: SeedState, at: Date, user: DemoUser, source: string): MemberRow {
  const member: MemberRow = {
    tenantId: state.tenant.id,
    id: state.random.id(at),
    userId: user.id,
    status: 'active',
    source,
    sortName: sortNameOf(user.name),
    searchText: searchTextOf(user.name, user.email),
    version: 1,
    createdAt: at,
    updatedAt: at,
    leftAt: null,
  };
  state.members.push(member);
  state.users.set(user.id, user);
  return member;
}

/** Starts assignments. The first role becomes the primary one unless the member has one. */
export function assignRoles(
  state: SeedState,
  at: Date,
  member: MemberRow,
  added: readonly NewAssignment[],
  by: string | null,
): void {
  const hasPrimary = assignmentsAt(state, member, at).some((held) => held.isPrimary);
  for (const [index, { role, validUntil = null }] of added.entries()) {
    state.assignments.push({
      tenantId: state.tenant.id,
      id: state.random.id(at),
      membershipId: member.id,
      roleId: role.id,
      userId: member.userId,
      isPrimary: !hasPrimary && index === 0,
      validFrom: at,
      validUntil,
      grantedBy: by,
      createdAt: at,
      endedAt: null,
      endedBy: null,
    });
  }
}

/** Ends the assignments, and marks expired ones as ended, as each change of a member does. */
function endAssignments(
  state: SeedState,
  member: MemberRow,
  assignments: readonly AssignmentRow[],
  at: Date,
  by: string | null,
): void {
  const lapsed = state.assignments.filter(
    (held) => held.membershipId === member.id && !held.endedAt && held.validUntil && held.validUntil <= at,
  );
  for (const held of [...assignments, ...lapsed]) Object.assign(held, { endedAt: at, endedBy: by });
}

/** Adds and removes roles of a member in one change. */
export function changeRoles(
  state: SeedState,
  at: Date,
  by: Actor,
  user: DemoUser,
  { add = [], remove = [], reason }: { add?: readonly NewAssignment[]; remove?: readonly RoleRow[]; reason?: string },
): void {
  const member = memberOf(state, user);
  const held = rolesAt(state, member, at);
  assertPermissions(state, by, at, [
    'roles:assign',
    ...permissionsToAssign(state, [...held, ...add.map(({ role }) => role)]),
  ]);
  const before = rolesInLog(state, member, at);
  const ended = assignmentsAt(state, member, at).filter(({ roleId }) => remove.some((role) => role.id === roleId));
  endAssignments(state, member, ended, at, actorIdOf(by));
  assignRoles(state, at, member, add, actorIdOf(by));
  bumpVersion(member, at);
  record(state, at, by, {
    action: 'member.roles_changed',
    category: 'membership',
    subjectId: user.id,
    target: { type: 'member', id: member.id, label: user.name },
    before: { roles: before },
    after: { roles: rolesInLog(state, member, at) },
    reason: reason ?? null,
  });
}

export function setStatus(
  state: SeedState,
  at: Date,
  by: Actor,
  user: DemoUser,
  status: 'active' | 'suspended',
  reason?: string,
): void {
  const member = memberOf(state, user);
  assertPermissions(state, by, at, ['members:update', ...permissionsToAssign(state, rolesAt(state, member, at))]);
  const before = { status: member.status };
  member.status = status;
  bumpVersion(member, at);
  record(state, at, by, {
    action: status === 'suspended' ? 'member.suspended' : 'member.reactivated',
    category: 'membership',
    subjectId: user.id,
    target: { type: 'member', id: member.id, label: user.name },
    before,
    after: { status },
    reason: reason ?? null,
  });
}

export function removeMember(state: SeedState, at: Date, by: Actor, user: DemoUser): void {
  const member = memberOf(state, user);
  const held = rolesAt(state, member, at);
  assertPermissions(state, by, at, ['members:remove', ...permissionsToAssign(state, held)]);
  const before = { status: member.status, roles: roleRefs(held) };
  endAssignments(state, member, assignmentsAt(state, member, at), at, actorIdOf(by));
  Object.assign(member, { status: 'left', leftAt: at });
  bumpVersion(member, at);
  record(state, at, by, {
    action: 'member.removed',
    category: 'membership',
    severity: 'notice',
    permission: 'members:remove',
    subjectId: user.id,
    target: { type: 'member', id: member.id, label: user.name },
    before,
    after: { status: 'left', roles: [] },
  });
}

function bumpVersion(member: MemberRow, at: Date): void {
  member.version += 1;
  member.updatedAt = at;
}

function rolesInLog(state: SeedState, member: MemberRow, at: Date) {
  return assignmentsAt(state, member, at)
    .map(({ roleId, isPrimary, validUntil }) => ({
      id: roleId,
      name: state.roles.find((role) => role.id === roleId)?.name,
      isPrimary,
      // The format of a timestamptz in PostgreSQL's JSON.
      validUntil: validUntil?.toISOString().replace('Z', '+00:00') ?? null,
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
}
