export interface AccessDelta {
  gains: string[];
  loses: string[];
}

/** Membership id -> what the member may do. Members with the same roles share one set. */
export type PermissionsByMember = ReadonlyMap<string, ReadonlySet<string>>;

const NONE: ReadonlySet<string> = new Set();

/** Returns what each member gained and lost between two states, without the members for whom nothing changed. */
export function differenceBetween(before: PermissionsByMember, after: PermissionsByMember): Map<string, AccessDelta> {
  const deltas = new Map<string, AccessDelta>();
  for (const memberId of new Set([...before.keys(), ...after.keys()])) {
    const [had, has] = [before.get(memberId) ?? NONE, after.get(memberId) ?? NONE];
    const delta = { gains: without(has, had), loses: without(had, has) };
    if (delta.gains.length + delta.loses.length > 0) deltas.set(memberId, delta);
  }
  return deltas;
}

const without = (all: ReadonlySet<string>, some: ReadonlySet<string>): string[] =>
  all === some ? [] : [...all].filter((code) => !some.has(code)).sort();

/** Returns how often each occurs, by code. */
export function countByCode(codes: readonly string[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
}
