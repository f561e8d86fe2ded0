const MAX_DEPTH = 8;

/** Returns the roles a role inherits from, nearest first; the depth limit ends a cycle. */
export function ancestorsOf<T>(role: T, byId: ReadonlyMap<string, T>, parentIdOf: (role: T) => string | null): T[] {
  const found: T[] = [];
  let parent = byId.get(parentIdOf(role) ?? '');
  while (parent && found.length < MAX_DEPTH) {
    found.push(parent);
    parent = byId.get(parentIdOf(parent) ?? '');
  }
  return found;
}
