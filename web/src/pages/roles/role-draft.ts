import type { Create, RoleDetail, RoleRef, Update } from 'bff/contract';

/** A role as it stands in the form. */
export type RoleDraft = {
  name: string;
  key: string;
  description: string;
  /** Its own permissions; inherited ones belong to the parent. */
  permissions: string[];
  parentRoleId: string | null;
  isDefault: boolean;
  isSelfAssignable: boolean;
};

export const emptyDraft: RoleDraft = {
  name: '',
  key: '',
  description: '',
  permissions: [],
  parentRoleId: null,
  isDefault: false,
  isSelfAssignable: false,
};

export const draftOf = (role: RoleDetail): RoleDraft => ({
  name: role.name,
  key: role.key,
  description: role.description,
  permissions: role.permissions.filter((held) => !held.inheritedFrom).map((held) => held.code),
  parentRoleId: role.parent?.id ?? null,
  isDefault: role.isDefault,
  isSelfAssignable: role.isSelfAssignable,
});

const sorted = (codes: string[]) => [...new Set(codes)].sort();
const tidy = (draft: RoleDraft): RoleDraft => ({
  ...draft,
  name: draft.name.trim(),
  description: draft.description.trim(),
  permissions: sorted(draft.permissions),
});

/** What differs between two drafts, as the second has it. */
export function changesBetween(before: RoleDraft, after: RoleDraft): Partial<RoleDraft> {
  const one = tidy(before);
  const other = tidy(after);
  const fields = Object.keys(other) as (keyof RoleDraft)[];
  return Object.fromEntries(
    fields
      .filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]))
      .map((field) => [field, other[field]]),
  );
}

/**
 * What was typed on top of `base`, carried over to what is stored now: fields that were left alone follow the stored
 * ones, and of the permissions only those that were ticked or unticked here change.
 */
export function rebase(base: RoleDraft, mine: RoleDraft, stored: RoleDraft): RoleDraft {
  const { permissions, ...touched } = changesBetween(base, mine);
  if (!permissions) return { ...stored, ...touched };
  const taken = base.permissions.filter((code) => !permissions.includes(code));
  const given = permissions.filter((code) => !base.permissions.includes(code));
  return {
    ...stored,
    ...touched,
    permissions: sorted([...stored.permissions.filter((code) => !taken.includes(code)), ...given]),
  };
}

/** Some fields of a draft for people: roles by name instead of by id. */
export function inNames(draft: RoleDraft, fields: string[], roles: RoleRef[]): Record<string, unknown> {
  const { parentRoleId, ...plain } = draft;
  const parent = roles.find((role) => role.id === parentRoleId)?.name ?? parentRoleId;
  const named = { ...plain, parentRoleId: parent };
  return Object.fromEntries(Object.entries(named).filter(([field]) => fields.includes(field)));
}

export function toCreate(draft: RoleDraft, reason: string): Create<'roles'> {
  const { key, ...fields } = tidy(draft);
  return { ...fields, ...(key ? { key } : {}), ...(reason ? { reason } : {}) };
}

export function toUpdate(base: RoleDraft, draft: RoleDraft, reason: string): Update<'roles'> {
  const { key: _fixed, ...changed } = changesBetween(base, draft);
  return { ...changed, ...(reason ? { reason } : {}) };
}
