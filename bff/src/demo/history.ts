import type { AccessState } from 'database/client';
import { PLATFORM_TENANT_ID } from '../access/permissions.ts';
import type { PermissionRow } from './scenarios/platform.ts';
import type { EventRow, TenantFixture } from './seed-state.ts';
import type { DemoPerson } from './users.ts';

type StateRow = Omit<AccessState, 'xid' | 'state'> & { state: object };

/**
 * What the database would have remembered, had the story happened: each state of everything that decides about access, dated as
 * the story dates it. What the last of them says is what the rows say, so that nothing is remembered twice.
 */
export function historyOf(
  ledger: TenantFixture,
  everybody: ReadonlyMap<string, DemoPerson>,
  permissions: readonly PermissionRow[],
): StateRow[] {
  const { tenant, events } = ledger;
  const sorted = events.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const states: Omit<StateRow, 'tenantId'>[] =
    tenant.kind === 'platform'
      ? [
          ...permissions.map(({ code, createdAt }) => ({
            ...{ kind: 'permission', entityId: code, at: createdAt, state: { scope: 'tenant', retired: false } },
          })),
          ...[...everybody.values()].flatMap(({ id, bannedAt }) =>
            bannedAt ? [{ kind: 'user', entityId: id, at: bannedAt, state: { banned: true, deleted: false } }] : [],
          ),
        ]
      : [...tenantStates(ledger, sorted), ...roleStates(ledger)];
  states.push(...memberStates(ledger, sorted), ...holdingStates(ledger));
  const last = new Map(states.map((row) => [`${row.kind} ${row.entityId} ${row.at.getTime()}`, row]));
  return [...last.values()].map((row) => ({ tenantId: tenant.id ?? PLATFORM_TENANT_ID, ...row }));
}

/** Backwards from what it is, by what each event says was before. */
function tenantStates({ tenant }: TenantFixture, events: readonly EventRow[]) {
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

function memberStates({ members }: TenantFixture, events: readonly EventRow[]) {
  const byUser = new Map(members.map((member) => [member.userId, member.id]));
  return events.flatMap(({ category, subjectId, after, createdAt: at }) => {
    const entityId = byUser.get(subjectId ?? '');
    const told = (after as { status?: string } | null)?.status;
    if (!entityId || !told || !['membership', 'invitation'].includes(category)) return [];
    return [
      { kind: 'membership', entityId, at, state: { status: told.replace('accepted', 'active'), userId: subjectId } },
    ];
  });
}

const withoutZone = (at: Date | null): string | null => at?.toISOString().replace(/\.?0*Z$/, '') ?? null;

const holdingStates = ({ holdings }: TenantFixture) =>
  holdings.flatMap(({ id: entityId, membershipId, roleId, isPrimary, validFrom, validUntil, createdAt, endedAt }) => {
    const held = {
      membershipId,
      roleId,
      isPrimary,
      validFrom: withoutZone(validFrom),
      validUntil: withoutZone(validUntil),
    };
    const row = { kind: 'holding', entityId };
    const begun = { ...row, at: createdAt, state: { ...held, ended: false } };
    return endedAt ? [begun, { ...row, at: endedAt, state: { ...held, ended: true } }] : [begun];
  });

function roleStates({ roles, roleVersions }: TenantFixture) {
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
