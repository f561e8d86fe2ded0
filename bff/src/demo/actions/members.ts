import { searchTextOf, sortNameOf } from '../../core/person.ts';
import { powerOver, requireRights, rolesAt } from '../permissions.ts';
import {
  type AssignmentRow,
  holdingsAt,
  type MemberRow,
  memberOf,
  type RoleRow,
  record,
  roleOf,
  type TenantFixture,
} from '../seed-state.ts';
import type { Actor } from '../users.ts';
import { arrive, type DemoPerson } from '../users.ts';

export interface Wanted {
  role: RoleRow;
  validUntil?: Date;
}

export const named = (roles: readonly RoleRow[]) => roles.map(({ id, name }) => ({ id, name }));
export const idOf = (by: Actor): string | null => (typeof by === 'string' ? null : by.id);

/** Somebody comes with the provider's directory and gets the role that newcomers get. */
export function joinFromDirectory(ledger: TenantFixture, at: Date, person: DemoPerson): void {
  arrive(person, new Date(at.getTime() - 900), 'provider');
  const role = roleOf(ledger, 'member');
  const member = addMember(ledger, at, person, 'identity');
  hold(ledger, at, member, [{ role }], null);
  record(ledger, at, 'provider', {
    action: 'member.joined',
    category: 'membership',
    subjectId: person.id,
    target: { type: 'member', id: member.id, label: null },
    after: { status: 'active', roles: named([role]) },
    context: { identityRole: role.identityRole },
  });
}

export function addMember(ledger: TenantFixture, at: Date, person: DemoPerson, source: string): MemberRow {
  const member: MemberRow = {
    tenantId: ledger.tenant.id,
    id: ledger.random.id(at),
    userId: person.id,
    status: 'active',
    source,
    sortName: sortNameOf(person.name),
    searchText: searchTextOf(person.name, person.email),
    version: 1,
    createdAt: at,
    updatedAt: at,
    leftAt: null,
  };
  ledger.members.push(member);
  ledger.people.set(person.id, person);
  return member;
}

/** Begins holdings; the first wanted role is the primary one unless one is held already. */
export function hold(
  ledger: TenantFixture,
  at: Date,
  member: MemberRow,
  wanted: readonly Wanted[],
  by: string | null,
): void {
  const hasPrimary = holdingsAt(ledger, member, at).some((held) => held.isPrimary);
  for (const [index, { role, validUntil = null }] of wanted.entries()) {
    ledger.holdings.push({
      tenantId: ledger.tenant.id,
      id: ledger.random.id(at),
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

/** Ends holdings, and those whose time is over with them: each change writes down what the clock has ended. */
function end(
  ledger: TenantFixture,
  member: MemberRow,
  holdings: readonly AssignmentRow[],
  at: Date,
  by: string | null,
): void {
  const lapsed = ledger.holdings.filter(
    (held) => held.membershipId === member.id && !held.endedAt && held.validUntil && held.validUntil <= at,
  );
  for (const held of [...holdings, ...lapsed]) Object.assign(held, { endedAt: at, endedBy: by });
}

/** Gives roles to a member and takes others, as one change. */
export function changeRoles(
  ledger: TenantFixture,
  at: Date,
  by: Actor,
  person: DemoPerson,
  { give = [], take = [], reason }: { give?: readonly Wanted[]; take?: readonly RoleRow[]; reason?: string },
): void {
  const member = memberOf(ledger, person);
  const held = rolesAt(ledger, member, at);
  requireRights(ledger, by, at, ['roles:assign', ...powerOver(ledger, [...held, ...give.map(({ role }) => role)])]);
  const before = rolesInLog(ledger, member, at);
  const ended = holdingsAt(ledger, member, at).filter(({ roleId }) => take.some((role) => role.id === roleId));
  end(ledger, member, ended, at, idOf(by));
  hold(ledger, at, member, give, idOf(by));
  touch(member, at);
  record(ledger, at, by, {
    action: 'member.roles_changed',
    category: 'membership',
    subjectId: person.id,
    target: { type: 'member', id: member.id, label: person.name },
    before: { roles: before },
    after: { roles: rolesInLog(ledger, member, at) },
    reason: reason ?? null,
  });
}

export function setStatus(
  ledger: TenantFixture,
  at: Date,
  by: Actor,
  person: DemoPerson,
  status: 'active' | 'suspended',
  reason?: string,
): void {
  const member = memberOf(ledger, person);
  requireRights(ledger, by, at, ['members:update', ...powerOver(ledger, rolesAt(ledger, member, at))]);
  const before = { status: member.status };
  member.status = status;
  touch(member, at);
  record(ledger, at, by, {
    action: status === 'suspended' ? 'member.suspended' : 'member.reactivated',
    category: 'membership',
    subjectId: person.id,
    target: { type: 'member', id: member.id, label: person.name },
    before,
    after: { status },
    reason: reason ?? null,
  });
}

export function removeMember(ledger: TenantFixture, at: Date, by: Actor, person: DemoPerson): void {
  const member = memberOf(ledger, person);
  const held = rolesAt(ledger, member, at);
  requireRights(ledger, by, at, ['members:remove', ...powerOver(ledger, held)]);
  const before = { status: member.status, roles: named(held) };
  end(ledger, member, holdingsAt(ledger, member, at), at, idOf(by));
  Object.assign(member, { status: 'left', leftAt: at });
  touch(member, at);
  record(ledger, at, by, {
    action: 'member.removed',
    category: 'membership',
    severity: 'notice',
    permission: 'members:remove',
    subjectId: person.id,
    target: { type: 'member', id: member.id, label: person.name },
    before,
    after: { status: 'left', roles: [] },
  });
}

function touch(member: MemberRow, at: Date): void {
  member.version += 1;
  member.updatedAt = at;
}

function rolesInLog(ledger: TenantFixture, member: MemberRow, at: Date) {
  return holdingsAt(ledger, member, at)
    .map(({ roleId, isPrimary, validUntil }) => ({
      id: roleId,
      name: ledger.roles.find((role) => role.id === roleId)?.name,
      isPrimary,
      // As PostgreSQL writes a moment into JSON.
      validUntil: validUntil?.toISOString().replace('Z', '+00:00') ?? null,
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
}
