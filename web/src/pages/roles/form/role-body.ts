import type { Conditions, RoleDetail, RoleRef } from 'bff/contract';
import { draftOfTerm, isTerm, type TermDraft, termOf } from '../conditions/term-draft.ts';

export const emptyRole = {
  name: '',
  description: '',
  permissions: [] as string[],
  /** By code, for conditional grants. */
  conditions: {} as Record<string, Conditions>,
  parentRoleId: null as string | null,
  isDefault: false,
  isSelfAssignable: false,
};
/** What the API stores of a role, with direct permissions only, in order. */
export type RoleBody = typeof emptyRole;

/** A role in the form: each permission has its conditions as typed. */
export type RoleValues = Omit<RoleBody, 'conditions' | 'parentRoleId'> & {
  /** Of a new role. */
  key?: string;
  conditions: Record<string, TermDraft[]>;
  parentRoleId?: string | null;
};

export function bodyOfRole(role: RoleDetail): RoleBody {
  const { name, description, isDefault, isSelfAssignable, parent } = role;
  const own = role.permissions.filter((held) => !held.inheritedFrom);
  const conditions = new Map(own.map((held) => [held.code, held.conditions ?? []]));
  return inOrder({
    ...{ name, description, isDefault, isSelfAssignable },
    permissions: [...conditions.keys()],
    conditions: Object.fromEntries(conditions),
    parentRoleId: parent?.id ?? null,
  });
}

export const valuesOf = (body: RoleBody): RoleValues => ({
  ...body,
  conditions: Object.fromEntries(
    body.permissions.map((code) => [code, (body.conditions[code] ?? []).map(draftOfTerm)]),
  ),
});

const termsOf = (drafts: TermDraft[] = []) => drafts.map(termOf);

/** Whether all conditions can be saved: one that is left out would grant more. */
export const isComplete = ({ permissions, conditions }: RoleValues) =>
  permissions.every((code) => termsOf(conditions[code]).every(isTerm));

export function bodyOf(values: RoleValues): RoleBody {
  const { name, description, permissions, isDefault, isSelfAssignable, parentRoleId = null } = values;
  return inOrder({
    name: name.trim(),
    description: description.trim(),
    ...{ permissions, isDefault, isSelfAssignable, parentRoleId },
    conditions: Object.fromEntries(permissions.map((code) => [code, termsOf(values.conditions[code]).filter(isTerm)])),
  });
}

/** Two equal roles have the same JSON. */
function inOrder(body: RoleBody): RoleBody {
  const permissions = [...new Set(body.permissions)].sort();
  const conditions = permissions.flatMap((code) => {
    const terms = body.conditions[code] ?? [];
    return terms.length > 0 ? [[code, terms] as const] : [];
  });
  return { ...body, permissions, conditions: Object.fromEntries(conditions) };
}

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

/** Returns the fields of the second role that differ from the first. */
export function changesBetween(before: RoleBody, after: RoleBody): Partial<RoleBody> {
  const fields = Object.keys(emptyRole) as (keyof RoleBody)[];
  return Object.fromEntries(
    fields.filter((field) => differ(before[field], after[field])).map((field) => [field, after[field]]),
  );
}

/**
 * Applies the edits made on top of `base` to the version stored now. Unedited fields follow the stored version; permissions
 * and conditions are merged one by one.
 */
export function rebase(base: RoleBody, mine: RoleBody, stored: RoleBody): RoleBody {
  const isMine = (code: string) => base.permissions.includes(code) !== mine.permissions.includes(code);
  const isChanged = (code: string) => differ(base.conditions[code], mine.conditions[code]);
  const codes = [...new Set([...stored.permissions, ...mine.permissions])];
  return inOrder({
    ...stored,
    ...changesBetween(base, mine),
    permissions: codes.filter((code) => (isMine(code) ? mine : stored).permissions.includes(code)),
    conditions: Object.fromEntries(
      codes.map((code) => [code, (isChanged(code) ? mine : stored).conditions[code] ?? []]),
    ),
  });
}

/** Returns fields of a role for display: roles by name instead of by id. */
export function withRoleNames(body: RoleBody, fields: string[], roles: RoleRef[]): Record<string, unknown> {
  const parent = roles.find((role) => role.id === body.parentRoleId)?.name ?? body.parentRoleId;
  return Object.fromEntries(
    Object.entries({ ...body, parentRoleId: parent }).filter(([field]) => fields.includes(field)),
  );
}
