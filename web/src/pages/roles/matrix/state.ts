import { lineage, type MatrixRole as Stored } from 'bff/contract';

/** A column: a stored role with its direct grants. */
export type MatrixRole = Pick<Stored, 'id' | 'name' | 'key' | 'version' | 'isOwner' | 'isSystem'> & {
  parentId: string | null;
  own: ReadonlySet<string>;
  /** Those of them that are conditional. */
  conditional: ReadonlySet<string>;
};
/** Unsaved edits: role id -> code -> on or off. */
export type Edits = ReadonlyMap<string, ReadonlyMap<string, boolean>>;
export type CellState = {
  isOn: boolean;
  isOwn: boolean;
  /** The nearest ancestor that grants it too. */
  from: MatrixRole | undefined;
  isEdited: boolean;
  /** Whether all grants of it are conditional. */
  isConditional: boolean;
};

export const noEdits: Edits = new Map();

export const matrixRole = ({ own, parent, ...role }: Stored): MatrixRole => ({
  ...role,
  parentId: parent?.id ?? null,
  own: new Set(own.map(({ code }) => code)),
  conditional: new Set(own.flatMap(({ code, isConditional }) => (isConditional ? [code] : []))),
});

const isOwn = (role: MatrixRole, code: string, edits: Edits) =>
  role.isOwner || (edits.get(role.id)?.get(code) ?? role.own.has(code));

/** Returns the state of each cell with the unsaved edits of the role and its ancestors applied. */
export function cellReader(roles: MatrixRole[], edits: Edits) {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const ancestors = new Map(
    roles.map((role) => [role.id, [...lineage(role, ({ parentId }) => byId.get(parentId ?? ''))].slice(1)]),
  );
  return (role: MatrixRole, code: string): CellState => {
    const own = isOwn(role, code, edits);
    const above = role.isOwner ? [] : (ancestors.get(role.id) ?? []).filter((parent) => isOwn(parent, code, edits));
    const granting = own ? [role, ...above] : above;
    return {
      isOn: granting.length > 0,
      isOwn: own,
      from: above[0],
      isEdited: edits.get(role.id)?.has(code) ?? false,
      isConditional: granting.length > 0 && granting.every(({ conditional }) => conditional.has(code)),
    };
  };
}

/** Toggles a cell; an edit equal to the stored state is removed. */
export function toggle(edits: Edits, role: MatrixRole, code: string): Edits {
  const next = !isOwn(role, code, edits);
  const changed = new Map(edits.get(role.id));
  if (next === role.own.has(code)) changed.delete(code);
  else changed.set(code, next);
  const all = new Map(edits);
  if (changed.size === 0) all.delete(role.id);
  else all.set(role.id, changed);
  return all;
}

/** The edits that still differ from the stored roles, which another user may have changed or deleted. */
export function withoutStaleEdits(edits: Edits, roles: MatrixRole[]): Edits {
  const open = roles.flatMap((role): [string, ReadonlyMap<string, boolean>][] => {
    const differing = [...(edits.get(role.id) ?? [])].filter(([code, isOn]) => role.own.has(code) !== isOn);
    return differing.length > 0 ? [[role.id, new Map(differing)]] : [];
  });
  return new Map(open);
}

export const changeCount = (edits: Edits) => [...edits.values()].reduce((sum, codes) => sum + codes.size, 0);

/** Returns all direct grants with the edits applied. */
export function grantsWithEdits(role: MatrixRole, edits: Edits): string[] {
  const changes = edits.get(role.id) ?? new Map<string, boolean>();
  const remaining = [...role.own].filter((code) => changes.get(code) !== false);
  const added = [...changes].filter(([, isOn]) => isOn).map(([code]) => code);
  return [...new Set([...remaining, ...added])].sort();
}
