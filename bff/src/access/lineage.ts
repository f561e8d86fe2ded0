/** How many ancestors a role may have. role_lineage() in the database has the same limit. */
export const MAX_ANCESTORS = 8;

/**
 * Yields a role and its ancestors, nearest first; one more than allowed, so that a caller can detect a line that is too long or
 * circular. For roles in memory, where role_lineage() cannot be queried: the graph of a change, a snapshot of the past, the
 * matrix, the console's form.
 */
export function* lineage<Role>(role: Role, parentOf: (role: Role) => Role | undefined): Generator<Role> {
  let next: Role | undefined = role;
  for (let depth = 0; next && depth <= MAX_ANCESTORS + 1; depth++) {
    yield next;
    next = parentOf(next);
  }
}
