import type {
  AuditLog,
  Invitation,
  InvitationRole,
  Membership,
  MembershipRole,
  Role,
  RolePermission,
  RoleVersion,
  Tenant,
} from '@rolecall/prisma/client';
import { type AuditEvent, auditSearchText } from '../audit/record.ts';
import type { Random } from '../core/random.ts';
import { originOf, sessionOf } from './request-metadata.ts';
import type { Actor, DemoUser } from './users.ts';

export type TenantRow = Pick<
  Tenant,
  'id' | 'name' | 'slug' | 'status' | 'kind' | 'version' | 'createdAt' | 'updatedAt'
>;
export type RoleRow = Omit<Role, 'searchText'>;
export type MemberRow = Omit<Membership, 'identityMembershipId' | 'identityRole' | 'identityUpdatedAt'>;
export type AssignmentRow = MembershipRole;
export type InvitationRow = Omit<Invitation, 'deliveryError' | 'identityInvitationId' | 'searchText'>;
export type EventRow = Omit<AuditLog, 'xid' | 'leafHash' | 'eventVersion'>;

/** All rows of a tenant as its scenario leaves them, and the audit events that led there. */
export interface SeedState {
  tenant: TenantRow;
  random: Random;
  /** The state of the platform, whose staff may act here; null for the platform itself. */
  platform: SeedState | null;
  /** All users that the rows refer to, by id. */
  users: Map<string, DemoUser>;
  roles: RoleRow[];
  rolePermissions: Pick<RolePermission, 'tenantId' | 'roleId' | 'permissionCode'>[];
  roleVersions: RoleVersion[];
  members: MemberRow[];
  assignments: AssignmentRow[];
  invitations: InvitationRow[];
  invitationRoles: InvitationRole[];
  events: EventRow[];
}

export function createSeedState(tenant: TenantRow, random: Random, platform: SeedState | null): SeedState {
  const rows = { roles: [], rolePermissions: [], roleVersions: [], members: [], assignments: [] };
  return { tenant, random, platform, users: new Map(), ...rows, invitations: [], invitationRoles: [], events: [] };
}

type Entry = Omit<AuditEvent, 'tenantId' | 'actor' | 'origin'>;

/** Adds an audit event as audit/record.ts would have written it at that time. */
export function record(state: SeedState, at: Date, by: Actor, entry: Entry): void {
  const { tenant, random } = state;
  const user = typeof by === 'string' ? null : by;
  if (user) state.users.set(user.id, user);
  state.events.push({
    tenantId: tenant.id,
    id: random.id(at),
    searchText: auditSearchText(entry.target?.label, entry.reason),
    createdAt: at,
    actorType: user ? 'user' : by === 'provider' ? 'webhook' : 'system',
    actorId: user ? user.id : by === 'provider' ? `msg_${random.word(27)}` : null,
    impersonatorId: null,
    subjectId: entry.subjectId ?? null,
    action: entry.action,
    targetType: entry.target?.type ?? null,
    targetId: entry.target?.id ?? null,
    targetLabel: entry.target?.label ?? null,
    before: (entry.before ?? null) as EventRow['before'],
    after: (entry.after ?? null) as EventRow['after'],
    context: (entry.context ?? null) as EventRow['context'],
    outcome: entry.outcome ?? 'allowed',
    severity: entry.severity ?? 'info',
    category: entry.category,
    permission: entry.permission ?? null,
    reason: entry.reason ?? null,
    requestId: random.id(at),
    sessionId: user && sessionOf(user, at),
    ...originOf(by),
  });
}

export function roleOf(state: SeedState, key: string): RoleRow {
  const role = state.roles.find((each) => each.key === key && !each.deletedAt);
  if (!role) throw new Error(`${state.tenant.name} has no role ${key}`);
  return role;
}

export function memberOf(state: SeedState, user: DemoUser): MemberRow {
  const member = state.members.find((each) => each.userId === user.id);
  if (!member) throw new Error(`${user.name} is not a member of ${state.tenant.name}`);
  return member;
}

export function userOf(state: SeedState, userId: string): DemoUser {
  const user = state.users.get(userId);
  if (!user) throw new Error(`${state.tenant.name} has no user ${userId}`);
  return user;
}

export const assignmentsAt = (state: SeedState, member: MemberRow, at: Date): AssignmentRow[] =>
  state.assignments.filter(
    (held) =>
      held.membershipId === member.id &&
      held.validFrom <= at &&
      !(held.endedAt && held.endedAt <= at) &&
      !(held.validUntil && held.validUntil <= at),
  );
