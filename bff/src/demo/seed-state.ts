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
} from 'database/client';
import type { AuditEntry } from '../audit/record.ts';
import type { Random } from '../core/random.ts';
import { originOf, sessionOf } from './request-metadata.ts';
import type { Actor, DemoPerson } from './users.ts';

export type TenantRow = Pick<
  Tenant,
  'id' | 'name' | 'slug' | 'status' | 'kind' | 'version' | 'createdAt' | 'updatedAt'
>;
export type RoleRow = Role;
export type MemberRow = Omit<Membership, 'identityMembershipId' | 'identityRole' | 'identityUpdatedAt'>;
export type AssignmentRow = MembershipRole;
export type InvitationRow = Omit<Invitation, 'deliveryError' | 'identityInvitationId'>;
export type EventRow = Omit<AuditLog, 'xid' | 'leafHash' | 'eventVersion'>;

/** A tenant as its story leaves it: every row of it, and every event that led there. */
export interface TenantFixture {
  tenant: TenantRow;
  random: Random;
  /** The platform's own ledger, whose people may act here; null for the platform itself. */
  platform: TenantFixture | null;
  /** Everybody the rows speak of, by user id. */
  people: Map<string, DemoPerson>;
  roles: RoleRow[];
  rolePermissions: Pick<RolePermission, 'tenantId' | 'roleId' | 'permissionCode'>[];
  roleVersions: RoleVersion[];
  members: MemberRow[];
  holdings: AssignmentRow[];
  invitations: InvitationRow[];
  invitationRoles: InvitationRole[];
  events: EventRow[];
}

export function openLedger(tenant: TenantRow, random: Random, platform: TenantFixture | null): TenantFixture {
  const rows = { roles: [], rolePermissions: [], roleVersions: [], members: [], holdings: [] };
  return { tenant, random, platform, people: new Map(), ...rows, invitations: [], invitationRoles: [], events: [] };
}

type Entry = Omit<AuditEntry, 'tenantId' | 'actor' | 'origin'>;

/** One event of the log, as audit/record.ts would have written it at that moment. */
export function record(ledger: TenantFixture, at: Date, by: Actor, entry: Entry): void {
  const { tenant, random } = ledger;
  const person = typeof by === 'string' ? null : by;
  if (person) ledger.people.set(person.id, person);
  ledger.events.push({
    tenantId: tenant.id,
    id: random.id(at),
    createdAt: at,
    actorType: person ? 'user' : by === 'provider' ? 'webhook' : 'system',
    actorId: person ? person.id : by === 'provider' ? `msg_${random.word(27)}` : null,
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
    sessionId: person && sessionOf(person, at),
    ...originOf(by),
  });
}

export function roleOf(ledger: TenantFixture, key: string): RoleRow {
  const role = ledger.roles.find((each) => each.key === key && !each.deletedAt);
  if (!role) throw new Error(`${ledger.tenant.name} has no role ${key}`);
  return role;
}

export function memberOf(ledger: TenantFixture, person: DemoPerson): MemberRow {
  const member = ledger.members.find((each) => each.userId === person.id);
  if (!member) throw new Error(`${person.name} is not a member of ${ledger.tenant.name}`);
  return member;
}

export function personOf(ledger: TenantFixture, userId: string): DemoPerson {
  const person = ledger.people.get(userId);
  if (!person) throw new Error(`${ledger.tenant.name} knows nobody of the id ${userId}`);
  return person;
}

export const holdingsAt = (ledger: TenantFixture, member: MemberRow, at: Date): AssignmentRow[] =>
  ledger.holdings.filter(
    (held) =>
      held.membershipId === member.id &&
      held.validFrom <= at &&
      !(held.endedAt && held.endedAt <= at) &&
      !(held.validUntil && held.validUntil <= at),
  );
