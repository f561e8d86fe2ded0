import { AppError } from '../../core/errors.ts';

/** How many ancestors a role may have. */
const MAX_DEPTH = 8;

/** Yields a role and its ancestors, nearest first. Throws role_cycle for more than eight of them. */
export function* lineage<Role extends { parentRoleId: string | null }>(
  role: Role,
  roles: ReadonlyMap<string, Role>,
): Generator<Role> {
  let next: Role | undefined = role;
  for (let depth = 0; next; depth++) {
    if (depth > MAX_DEPTH) throw new AppError('role_cycle');
    yield next;
    next = next.parentRoleId ? roles.get(next.parentRoleId) : undefined;
  }
}
