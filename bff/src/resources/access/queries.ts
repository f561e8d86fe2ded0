import type { z } from 'zod';
import type { AuthorizedContext } from '../../access/actor.ts';
import { explainAccess } from '../../access/explain/explain.ts';
import { listHolders } from '../../access/explain/holders.ts';
import type { AccessExplanation } from '../../access/explain/schema.ts';
import { tenantRead, tenantTx } from '../../db/tenant-tx.ts';
import { listBinding } from '../../http/list.ts';
import type { ExplainQuery, HoldersQuery } from './schema.ts';

export const explain = (
  { services, scope, access }: AuthorizedContext,
  { resource = {}, ...query }: z.output<typeof ExplainQuery>,
): Promise<AccessExplanation> =>
  tenantTx(services.db.server, scope, (tx) =>
    explainAccess(tx, access, { tenantId: scope.tenantId, resource, ...query }),
  );

export async function listAccessHolders(context: AuthorizedContext, query: z.output<typeof HoldersQuery>) {
  const { services, scope } = context;
  const question = {
    tenantId: scope.tenantId,
    permission: query.permission,
    resource: JSON.stringify(query.resource ?? {}),
    orConditionally: query.conditional === 'true',
  };
  const { rows, page } = await tenantRead(services.db.server, scope, (client) =>
    listHolders(client, question, { query, ...listBinding(context, { ...query, resource: question.resource }) }),
  );
  return { data: rows, page };
}
