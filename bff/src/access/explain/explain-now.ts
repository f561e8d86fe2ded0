import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import { explain } from './explain.ts';
import { readNow } from './read-now.ts';
import type { AccessExplanation } from './schema.ts';
import type { Question } from './snapshot.ts';
import { suggestGrants, unmetTerms } from './suggest.ts';

/** Explains the present decision of the guard; a denial with the failing terms, the grants that would allow it and the eligible grantors. */
export async function explainNow(tx: Tx, caller: ActorAccess, question: Question): Promise<AccessExplanation> {
  const snapshot = await readNow(tx, caller, question);
  const explanation = explain(snapshot);
  const { missing } = explanation;
  if (!missing) return explanation;
  const unmet = missing.conditions ? { unmet: await unmetTerms(tx, missing, snapshot.context) } : {};
  return { ...explanation, missing: { ...missing, ...unmet }, ...(await suggestGrants(tx, snapshot, missing)) };
}
