import type { PrismaClient } from 'database/client';
import { type PastHolding, readPastHoldings, readPastRoles } from './state.ts';

export interface Moved {
  gains: string[];
  loses: string[];
}
interface Count {
  code: string;
  count: number;
}
const NOTHING: ReadonlySet<string> = new Set();

interface Question {
  tenantId: string;
  /** Only this person, or (null) everybody. */
  userId: string | null;
  /** Only this permission, or (null) every one. */
  permission: string | null;
}

/** Membership id -> what somebody could do at one moment and not at the other. People whom the tenant did not know are left out. */
export async function readMoved(
  client: PrismaClient,
  question: Question,
  [from, to]: readonly [string, string],
): Promise<{ moved: Map<string, Moved>; gains: Count[]; loses: Count[] }> {
  const [before, after] = await Promise.all([readHeldAt(client, question, from), readHeldAt(client, question, to)]);
  const moved = new Map<string, Moved>();
  for (const membershipId of new Set([...before.keys(), ...after.keys()])) {
    const had = before.get(membershipId) ?? NOTHING;
    const has = after.get(membershipId) ?? NOTHING;
    const [gains, loses] = [without(has, had), without(had, has)];
    if (gains.length + loses.length > 0) moved.set(membershipId, { gains, loses });
  }
  const all = [...moved.values()];
  return {
    moved,
    gains: counted(all.flatMap(({ gains }) => gains)),
    loses: counted(all.flatMap(({ loses }) => loses)),
  };
}

/** Membership id -> codes. */
async function readHeldAt(client: PrismaClient, { tenantId, userId, permission }: Question, moment: string) {
  const [roles, holdings] = await Promise.all([
    readPastRoles(client, moment),
    readPastHoldings(client, tenantId, userId, moment),
  ]);
  const byMember = new Map<string, PastHolding[]>();
  for (const holding of holdings) {
    if (holding.membershipId === null) continue;
    byMember.set(holding.membershipId, [...(byMember.get(holding.membershipId) ?? []), holding]);
  }
  // Thousands of members share a few sets of roles.
  const known = new Map<string, ReadonlySet<string>>();
  const codesOf = (held: readonly PastHolding[]): ReadonlySet<string> => {
    const sameAs = held
      .map(({ roleId, met }) => `${roleId} ${met.join()}`)
      .sort()
      .join();
    const found = known.get(sameAs);
    if (found) return found;
    const codes = new Set(held.flatMap(({ roleId, met }) => [...(roles.get(roleId)?.always ?? []), ...met]));
    const asked = permission === null ? codes : new Set([permission].filter((code) => codes.has(code)));
    known.set(sameAs, asked);
    return asked;
  };
  return new Map([...byMember].map(([membershipId, held]) => [membershipId, codesOf(held)]));
}

function counted(codes: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

const without = (all: ReadonlySet<string>, some: ReadonlySet<string>): string[] =>
  [...all].filter((code) => !some.has(code)).sort();
