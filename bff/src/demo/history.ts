import type { AccessHistory } from '@rolecall/prisma/client';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { PermissionRow } from './scenarios/platform.ts';
import type { EventRow, SeedState } from './seed-state.ts';
import type { DemoUser } from './users.ts';

type StateRow = Omit<AccessHistory, 'xid' | 'state'> & { state: object };

/**
 * Returns the access history that the triggers would have recorded, dated as in the scenario. The last state of each entity
 * equals its row, so that writing the rows records nothing again.
 */
export function historyOf(
  state: SeedState,
  usersById: ReadonlyMap<string, DemoUser>,
  permissions: readonly PermissionRow[],
): StateRow[] {
  const { tenant, events } = state;
  const sorted = events.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const states: Omit<StateRow, 'tenantId'>[] =
    tenant.kind === 'platform'
      ? [
          ...permissions.map(({ code, createdAt }) => ({
            ...{ kind: 'permission', entityId: code, at: createdAt, state: { scope: 'tenant', retired: false } },
          })),
          ...[...usersById.values()].flatMap(({ id, bannedAt }) =>
            bannedAt ? [{ kind: 'user', entityId: id, at: bannedAt, state: { banned: true, deleted: false } }] : [],
          ),
        ]
      : [...tenantStates(state, sorted), ...roleStates(state)];
  states.push(...memberStates(state, sorted), ...assignmentStates(state));
  const last = new Map(states.map((row) => [`${row.kind} ${row.entityId} ${row.at.getTime()}`, row]));
  return [...last.values()].map((row) => ({ tenantId: tenant.id ?? PLATFORM_TENANT_ID, ...row }));
}

/** Goes backwards from the current state by the `before` of each event. */
function tenantStates({ tenant }: SeedState, events: readonly EventRow[]) {
  const { id: entityId, kind, name, slug, status } = tenant;
  const state = { status, kind, name, slug };
  return events
    .filter(({ targetType, outcome }) => targetType === 'tenant' && outcome === 'allowed')
    .reverse()
    .map(({ createdAt: at, before }) => {
      const row = { kind: 'tenant', entityId, at, state: { ...state } };
      Object.assign(state, before);
      return row;
    });
}

function memberStates({ members }: SeedState, events: readonly EventRow[]) {
  const byUser = new Map(members.map((member) => [member.userId, member.id]));
  return events.flatMap(({ category, subjectId, after, createdAt: at }) => {
    const entityId = byUser.get(subjectId ?? '');
    const status = (after as { status?: string } | null)?.status;
    if (!entityId || !status || !['membership', 'invitation'].includes(category)) return [];
    return [
      { kind: 'membership', entityId, at, state: { status: status.replace('accepted', 'active'), userId: subjectId } },
    ];
  });
}

const withoutZone = (at: Date | null): string | null => at?.toISOString().replace(/\.?0*Z$/, '') ?? null;

const assignmentStates = ({ assignments }: SeedState) =>
  assignments.flatMap(
    ({ id: entityId, membershipId, roleId, isPrimary, validFrom, validUntil, createdAt, endedAt }) => {
      const assignment = {
        membershipId,
        roleId,
        isPrimary,
        validFrom: withoutZone(validFrom),
        validUntil: withoutZone(validUntil),
      };
      const row = { kind: 'assignment', entityId };
      const started = { ...row, at: createdAt, state: { ...assignment, ended: false } };
      return endedAt ? [started, { ...row, at: endedAt, state: { ...assignment, ended: true } }] : [started];
    },
  );

function roleStates({ roles, roleVersions }: SeedState) {
  return roles.flatMap(({ id: entityId, key, isOwner, version: newest, deletedAt }) => {
    const versions = roleVersions.filter(({ roleId }) => roleId === entityId);
    const states = versions.map(({ number: version, snapshot, createdAt: at }) => {
      const { name, permissions, parentRoleId } = snapshot as {
        name: string;
        permissions: string[];
        parentRoleId: string | null;
      };
      const own = permissions.map((code) => ({ code, conditions: null }));
      return { kind: 'role', entityId, at, state: { key, name, isOwner, parentRoleId, version, deleted: false, own } };
    });
    const last = states.at(-1);
    if (last && deletedAt)
      states.push({ ...last, at: deletedAt, state: { ...last.state, version: newest, deleted: true } });
    return states;
  });
}
