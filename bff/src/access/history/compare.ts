import { type AccessDelta, countByCode, differenceBetween, type PermissionsByMember } from '../difference.ts';
import { type AssignmentAt, type Reader, readAssignmentsAt, readRolesAt } from './as-of.ts';

interface Question {
  tenantId: string;
  /** Only this user, or (null) all members. */
  userId: string | null;
  /** Only this permission, or (null) every one. */
  permission: string | null;
}

interface Comparison {
  /** By membership id. */
  deltas: Map<string, AccessDelta>;
  gains: { code: string; count: number }[];
  loses: { code: string; count: number }[];
}

/** Returns what members could do at one instant and not at the other. Users whom the tenant did not know are left out. */
export async function compareAccess(
  client: Reader,
  question: Question,
  [from, to]: readonly [string, string],
): Promise<Comparison> {
  const [before, after] = await Promise.all([
    readPermissionsAt(client, question, from),
    readPermissionsAt(client, question, to),
  ]);
  const deltas = differenceBetween(before, after);
  const mostFirst = (lists: string[][]) =>
    countByCode(lists.map((codes) => [codes, 1] as const)).sort((a, b) => b.count - a.count);
  return {
    deltas,
    gains: mostFirst([...deltas.values()].map(({ gains }) => gains)),
    loses: mostFirst([...deltas.values()].map(({ loses }) => loses)),
  };
}

async function readPermissionsAt(
  client: Reader,
  { tenantId, userId, permission }: Question,
  asOf: string,
): Promise<PermissionsByMember> {
  const [roles, assignments] = await Promise.all([
    readRolesAt(client, asOf),
    readAssignmentsAt(client, tenantId, userId, asOf),
  ]);
  // Thousands of members share a few sets of roles.
  const known = new Map<string, ReadonlySet<string>>();
  const permissionsOf = (held: readonly AssignmentAt[]): ReadonlySet<string> => {
    const key = held
      .map(({ roleId, met }) => `${roleId} ${met.join()}`)
      .sort()
      .join();
    const found = known.get(key);
    if (found) return found;
    const codes = held.flatMap(({ roleId, met }) => [...(roles.get(roleId)?.unconditional ?? []), ...met]);
    const asked = new Set(permission === null ? codes : codes.filter((code) => code === permission));
    known.set(key, asked);
    return asked;
  };
  const byMember = Map.groupBy(assignments, ({ membershipId }) => membershipId);
  return new Map(
    [...byMember].flatMap(([membershipId, held]) =>
      membershipId === null ? [] : [[membershipId, permissionsOf(held)]],
    ),
  );
}
