import type { z } from 'zod';
import { type AuthorizedContext, assertPermission } from '../../access/actor.ts';
import { explain } from '../../access/explain/explain.ts';
import { explainNow } from '../../access/explain/explain-now.ts';
import { holdersAsOf, holdersList, holdersNow } from '../../access/explain/holders.ts';
import type { AccessExplanation, AccessHolder } from '../../access/explain/schema.ts';
import { resolveAsOf } from '../../access/history/as-of.ts';
import { readAsOf } from '../../access/history/read-as-of.ts';
import { assertPermissionKnown } from '../../access/known-permission.ts';
import { tenantRead, tenantTx } from '../../db/tenant-tx.ts';
import { listPage } from '../../http/list.ts';
import { scopeToReadUser } from './history/queries.ts';
import type { ExplainQuery, HoldersQuery } from './schema.ts';

/** Users may ask about their own access of today; about the past, the permission is always needed. */
export async function explainAccess(
  context: AuthorizedContext,
  { asOf, resource = {}, ...query }: z.output<typeof ExplainQuery>,
): Promise<AccessExplanation> {
  const { services, scope, access } = context;
  const question = { tenantId: scope.tenantId, resource, ...query };
  if (asOf) assertPermission(access, 'access:explain');
  await tenantRead(services.db.server, scope, (client) => assertPermissionKnown(client, query.permission));
  if (!asOf) return tenantTx(services.db.server, scope, (tx) => explainNow(tx, access, question));
  return tenantRead(services.db.server, scopeToReadUser(context, query.userId), async (client) =>
    explain(await readAsOf(client, question, await resolveAsOf(client, scope.tenantId, asOf))),
  );
}

/** Lists who may, or could, do something. In the past only what a resource met counts. */
export const listAccessHolders = (
  context: AuthorizedContext,
  { asOf, conditional, ...query }: z.output<typeof HoldersQuery>,
) =>
  tenantRead(context.services.db.server, context.scope, async (client) => {
    const { tenantId } = context.scope;
    const { permission } = query;
    await assertPermissionKnown(client, permission);
    const resource = JSON.stringify(query.resource ?? {});
    const holders = asOf
      ? holdersAsOf({ permission, resource, asOf: await resolveAsOf(client, tenantId, asOf) })
      : holdersNow({ permission, resource, orConditionally: conditional === 'true' });
    return listPage<AccessHolder>(client, context, { ...query, asOf, conditional, resource }, holdersList(holders));
  });
