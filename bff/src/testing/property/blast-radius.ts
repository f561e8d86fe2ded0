import { type ConditionalGrants, readAccess } from '../../access/actor.ts';
import { tenantRead } from '../../db/tenant-tx.ts';
import type { TestUser } from '../fixtures/builders.ts';
import type { Harness } from '../fixtures/harness.ts';

/** A permission that a user holds, possibly retired, with its conditions and end. */
export interface HeldGrant {
  code: string;
  /** JSON of each term; empty for an unconditional grant. */
  terms: string[];
  until: string | null;
}

/** Returns all that these users hold together in a tenant. */
export async function heldGrantsOf(
  harness: Harness,
  tenantId: string,
  users: readonly TestUser[],
): Promise<HeldGrant[]> {
  const { server } = harness.services.db;
  const grants = await Promise.all(
    users.map(async ({ id }) => {
      const { permissions, conditionalGrants } = await tenantRead(server, { tenantId, userId: id }, readAccess);
      return [...unconditional(permissions, conditionalGrants), ...conditional(conditionalGrants)];
    }),
  );
  const all = new Map(grants.flat().map((grant) => [JSON.stringify(grant), grant]));
  return [...all.values()];
}

const unconditional = (codes: ReadonlySet<string>, conditionalGrants: ConditionalGrants): HeldGrant[] =>
  [...codes].flatMap((code) => (conditionalGrants[code] ? [] : [{ code, terms: [], until: null }]));

const conditional = (conditionalGrants: ConditionalGrants): HeldGrant[] =>
  Object.entries(conditionalGrants).flatMap(([code, alternatives]) =>
    alternatives.map(({ conditions, until }) => ({
      code,
      terms: (conditions ?? []).map((term) => JSON.stringify(term)).sort(),
      until,
    })),
  );

/** Tells whether a held grant allows at least as much for at least as long. Independent of the product's own check. */
export const isCovered = (grant: HeldGrant, allowed: readonly HeldGrant[]): boolean =>
  allowed.some(
    ({ code, terms, until }) =>
      code === grant.code &&
      terms.every((term) => grant.terms.includes(term)) &&
      (until === null || (grant.until !== null && Date.parse(grant.until) <= Date.parse(until))),
  );
