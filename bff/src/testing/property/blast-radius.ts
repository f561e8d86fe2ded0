import { type ConditionalGrants, readAccess } from '../../access/actor.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { TestUser } from '../fixtures/builders.ts';
import type { Harness } from '../fixtures/harness.ts';

/** One way in which somebody holds a permission, also while it is retired. */
export interface Reach {
  code: string;
  /** JSON of each term; empty when it is held whatever it is about. */
  terms: string[];
  until: string | null;
}

/** All that these people hold together in a tenant, with conditions and ends. */
export async function reachOf(harness: Harness, tenantId: string, people: readonly TestUser[]): Promise<Reach[]> {
  const { server } = harness.services.db;
  const reaches = await Promise.all(
    people.map(async ({ id }) => {
      const { permissions, conditionalGrants } = await tenantRead(server, { tenantId, userId: id }, readAccess);
      return [...simply(permissions, conditionalGrants), ...partly(conditionalGrants)];
    }),
  );
  const all = new Map(reaches.flat().map((reach) => [JSON.stringify(reach), reach]));
  return [...all.values()];
}

const simply = (codes: ReadonlySet<string>, conditionalGrants: ConditionalGrants): Reach[] =>
  [...codes].flatMap((code) => (conditionalGrants[code] ? [] : [{ code, terms: [], until: null }]));

const partly = (conditionalGrants: ConditionalGrants): Reach[] =>
  Object.entries(conditionalGrants).flatMap(([code, ways]) =>
    ways.map(({ conditions, until }) => ({
      code,
      terms: (conditions ?? []).map((term) => JSON.stringify(term)).sort(),
      until,
    })),
  );

/** Worked out apart from the program: at least as much is among what was held, and for as long. */
export const wasHeld = (reach: Reach, held: readonly Reach[]): boolean =>
  held.some(
    ({ code, terms, until }) =>
      code === reach.code &&
      terms.every((term) => reach.terms.includes(term)) &&
      (until === null || (reach.until !== null && Date.parse(reach.until) <= Date.parse(until))),
  );
