export interface AccessDelta {
  gains: string[];
  loses: string[];
}

/** Membership id -> what the member may do. Members with the same roles share one set. */
export type PermissionsByMember = ReadonlyMap<string, ReadonlySet<string>>;

export const NONE: ReadonlySet<string> = new Set();

/**
 * Returns what each member gained and lost between two states, without the members for whom nothing changed. Members who had and
 * have the same share one delta: thousands of members share a few sets of roles.
 */
export function differenceBetween(before: PermissionsByMember, after: PermissionsByMember): Map<string, AccessDelta> {
  const known = new Map<ReadonlySet<string>, Map<ReadonlySet<string>, AccessDelta>>();
  const deltaOf = (had: ReadonlySet<string>, has: ReadonlySet<string>): AccessDelta => {
    const fromHad = known.get(had) ?? new Map<ReadonlySet<string>, AccessDelta>();
    const delta = fromHad.get(has) ?? { gains: [...without(has, had)].sort(), loses: [...without(had, has)].sort() };
    known.set(had, fromHad.set(has, delta));
    return delta;
  };
  const members = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...members]
      .map((id) => [id, deltaOf(before.get(id) ?? NONE, after.get(id) ?? NONE)] as const)
      .filter(([, { gains, loses }]) => gains.length + loses.length > 0),
  );
}

export const without = (all: ReadonlySet<string>, some: ReadonlySet<string>): ReadonlySet<string> =>
  all === some ? NONE : new Set([...all].filter((code) => !some.has(code)));

/** Returns how often each code occurs in lists that so many members share. */
export function countByCode(
  lists: Iterable<readonly [codes: readonly string[], members: number]>,
): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const [codes, members] of lists) for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + members);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
}
