import type { Member, Update } from 'bff/contract';
import type { Period } from './role-days.ts';
import { endsBeforeStart, isLater } from './role-days.ts';

/** Role id -> validity. */
export type RolesDraft = Readonly<Record<string, Period>>;

/** The member's assignments. A past start can no longer be edited. */
export const draftOf = (member: Member): RolesDraft =>
  Object.fromEntries(
    member.roles.map(({ id, validFrom, validUntil }) => [
      id,
      { from: isLater(validFrom) ? validFrom : null, until: validUntil },
    ]),
  );

export const withRoles = (draft: RolesDraft, ids: string[]): RolesDraft =>
  Object.fromEntries(ids.map((id) => [id, draft[id] ?? { from: null, until: null }]));

/** Returns the ids of roles added, removed, and kept with other dates. */
export function changesOf(member: Member, draft: RolesDraft) {
  const held = draftOf(member);
  const isNew = (id: string) => !(id in held);
  const differs = (id: string) => held[id]?.from !== draft[id]?.from || held[id]?.until !== draft[id]?.until;
  const ids = Object.keys(draft);
  return {
    added: ids.filter(isNew),
    removed: Object.keys(held).filter((id) => !(id in draft)),
    rescheduled: ids.filter((id) => !isNew(id) && differs(id)),
    endsBeforeStart: Object.values(draft).some(endsBeforeStart),
  };
}

/** Returns the request body. The primary role stays primary while it is assigned. */
export function rolesBody(member: Member, draft: RolesDraft): NonNullable<Update<'members'>['roles']> {
  const held = draftOf(member);
  const primary = member.roles.find(({ id, isPrimary }) => isPrimary && id in draft)?.id ?? Object.keys(draft)[0];
  return Object.entries(draft).map(([roleId, { from, until }]) => ({
    roleId,
    isPrimary: roleId === primary,
    validUntil: until,
    // Without validFrom the start is unchanged, so a start rescheduled to now has to be sent.
    ...(from ? { validFrom: from } : held[roleId]?.from ? { validFrom: new Date().toISOString() } : {}),
  }));
}
