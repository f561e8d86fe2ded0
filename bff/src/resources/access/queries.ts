import type { z } from 'zod';
import { explainAccess } from '../../access/explain.ts';
import { listHolders } from '../../access/holders.ts';
import { tenantRead, tenantTx } from '../../db/tenant-tx.ts';
import type { RequestContext } from '../../http/context.ts';
import { listBinding } from '../../http/list.ts';
import type { AccessExplanation, ExplainQuery, HoldersQuery } from './schema.ts';

export const explain = (
  { services, scope, access }: RequestContext,
  { resource = {}, ...query }: z.output<typeof ExplainQuery>,
): Promise<AccessExplanation> =>
  tenantTx(services.db.server, scope, (tx) =>
    explainAccess(tx, access, { tenantId: scope.tenantId, resource, ...query }),
  );

export async function listAccessHolders(context: RequestContext, query: z.output<typeof HoldersQuery>) {
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
