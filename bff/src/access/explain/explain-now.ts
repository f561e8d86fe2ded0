import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import { explain } from './explain.ts';
import { readNow } from './read-now.ts';
import type { AccessExplanation } from './schema.ts';
import type { Question } from './snapshot.ts';
import { suggestGrants, unmetTerms } from './suggest.ts';

/** Explains the decision of the guard now; a refusal with the terms that fail, what would help and who could do it. */
export async function explainNow(tx: Tx, asker: ActorAccess, question: Question): Promise<AccessExplanation> {
  const snapshot = await readNow(tx, asker, question);
  const explanation = explain(snapshot);
  const { missing } = explanation;
  if (!missing) return explanation;
  const unmet = missing.conditions ? { unmet: await unmetTerms(tx, missing, snapshot.context) } : {};
  return { ...explanation, missing: { ...missing, ...unmet }, ...(await suggestGrants(tx, snapshot, missing)) };
}
