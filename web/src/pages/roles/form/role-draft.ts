import type { Conditions, Create, RoleDetail, RoleRef, Update } from 'bff/contract';

/** A role in the form. */
export type RoleDraft = {
  name: string;
  key: string;
  description: string;
  /** Direct permissions; inherited ones belong to the parent. */
  permissions: string[];
  /** By code, for conditional grants. */
  conditions: Record<string, Conditions>;
  parentRoleId: string | null;
  isDefault: boolean;
  isSelfAssignable: boolean;
};

export const emptyDraft: RoleDraft = {
  name: '',
  key: '',
  description: '',
  permissions: [],
  conditions: {},
  parentRoleId: null,
  isDefault: false,
  isSelfAssignable: false,
};

const ownOf = (role: RoleDetail) => role.permissions.filter((held) => !held.inheritedFrom);

export const draftOf = (role: RoleDetail): RoleDraft => ({
  name: role.name,
  key: role.key,
  description: role.description,
  permissions: ownOf(role).map(({ code }) => code),
  conditions: Object.fromEntries(
    ownOf(role).flatMap(({ code, conditions }) => (conditions ? [[code, conditions] as const] : [])),
  ),
  parentRoleId: role.parent?.id ?? null,
  isDefault: role.isDefault,
  isSelfAssignable: role.isSelfAssignable,
});

const sorted = (codes: string[]) => [...new Set(codes)].sort();
const normalize = (draft: RoleDraft): RoleDraft => ({
  ...draft,
  name: draft.name.trim(),
  description: draft.description.trim(),
  permissions: sorted(draft.permissions),
  conditions: Object.fromEntries(
    Object.entries(draft.conditions)
      .filter(([code]) => draft.permissions.includes(code))
      .sort(),
  ),
});

/** Returns the fields of the second draft that differ from the first. */
export function changesBetween(before: RoleDraft, after: RoleDraft): Partial<RoleDraft> {
  const one = normalize(before);
  const other = normalize(after);
  const fields = Object.keys(other) as (keyof RoleDraft)[];
  return Object.fromEntries(
    fields
      .filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]))
      .map((field) => [field, other[field]]),
  );
}

/**
 * Applies the edits made on top of `base` to the version stored now. Unedited fields follow the stored version; permissions
 * and conditions are merged one by one.
 */
export function rebase(base: RoleDraft, mine: RoleDraft, stored: RoleDraft): RoleDraft {
  const { permissions: _codes, conditions: _terms, ...changed } = changesBetween(base, mine);
  const removed = base.permissions.filter((code) => !mine.permissions.includes(code));
  const added = mine.permissions.filter((code) => !base.permissions.includes(code));
  const isChanged = (code: string) => JSON.stringify(base.conditions[code]) !== JSON.stringify(mine.conditions[code]);
  const remaining = Object.entries(stored.conditions).filter(([code]) => !isChanged(code));
  const set = Object.entries(mine.conditions).filter(([code]) => isChanged(code));
  return normalize({
    ...stored,
    ...changed,
    permissions: [...stored.permissions.filter((code) => !removed.includes(code)), ...added],
    conditions: Object.fromEntries([...remaining, ...set]),
  });
}

/** Returns fields of a draft for display: roles by name instead of by id. */
export function withRoleNames(draft: RoleDraft, fields: string[], roles: RoleRef[]): Record<string, unknown> {
  const { parentRoleId, ...plain } = draft;
  const parent = roles.find((role) => role.id === parentRoleId)?.name ?? parentRoleId;
  const named = { ...plain, parentRoleId: parent };
  return Object.fromEntries(Object.entries(named).filter(([field]) => fields.includes(field)));
}

export function toCreate(draft: RoleDraft, reason: string): Create<'roles'> {
  const { key, ...fields } = normalize(draft);
  return { ...fields, ...(key ? { key } : {}), ...(reason ? { reason } : {}) };
}

export function toUpdate(base: RoleDraft, draft: RoleDraft, reason: string): Update<'roles'> {
  const { key: _fixed, ...changed } = changesBetween(base, draft);
  return { ...changed, ...(reason ? { reason } : {}) };
}
