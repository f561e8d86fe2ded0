import type { Tx } from '../../db/tenant-tx.ts';
import type { ActorAccess } from '../actor.ts';
import { explain, type Missing } from './explain.ts';
import { type LiveSnapshot, readNow } from './read-now.ts';
import type { AccessExplanation } from './schema.ts';
import type { Question } from './snapshot.ts';
import { suggestGrants } from './suggest.ts';
import { unmetTerms } from './unmet-terms.ts';

/** Explains the present decision of the guard; a denial with the failing terms, the grants that would allow it and the eligible grantors. */
export async function explainNow(tx: Tx, caller: ActorAccess, question: Question): Promise<AccessExplanation> {
  const snapshot = await readNow(tx, caller, question);
  const explanation = explain(snapshot);
  if (!explanation.missing) return explanation;
  const missing = await detailsOf(tx, explanation.missing, snapshot);
  return { ...explanation, missing, ...(await suggestGrants(tx, caller, snapshot, missing)) };
}

/** Adds the terms that fail, and the end of a membership that has ended. */
async function detailsOf(tx: Tx, missing: Missing, { question, context }: LiveSnapshot): Promise<Missing> {
  if (missing.conditions) return { ...missing, unmet: await unmetTerms(tx, missing.conditions, context) };
  if (missing.reason !== 'not_a_member') return missing;
  const { tenantId, userId } = question;
  const former = await tx.membership.findFirst({
    where: { tenantId, userId, status: 'left' },
    select: { leftAt: true },
  });
  return former
    ? { reason: 'membership_ended', ...(former.leftAt ? { at: former.leftAt.toISOString() } : {}) }
    : missing;
}
