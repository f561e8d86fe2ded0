import type { Tx } from '../../db/tenant-tx.ts';
import type { Conditions, Term } from '../conditions.ts';

/** Returns the terms of these conditions that fail. */
export async function unmetTerms(tx: Tx, conditions: Conditions, context: string): Promise<Term[]> {
  const rows = await tx.$queryRaw<{ term: Term }[]>`
    SELECT term FROM jsonb_array_elements(${JSON.stringify(conditions)}::jsonb) AS term
    WHERE NOT conditions_hold(jsonb_build_array(term), ${context}::jsonb)`;
  return rows.map(({ term }) => term);
}
