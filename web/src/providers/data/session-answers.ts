import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { checkAccess } from '../access/access-control-provider.ts';
import { permissionsOf } from '../auth/auth-provider.ts';
import { currentMe, onMe } from '../auth/session.ts';

type Asked = { params?: Record<string, unknown> };

function answer([provider, name, action, asked]: QueryKey): unknown {
  const me = currentMe();
  if (!me) return undefined;
  if (provider === 'access')
    return checkAccess({ resource: String(name), action: String(action), ...(asked as Asked | undefined) });
  if (provider !== 'auth') return undefined;
  return { identity: me.user, permissions: permissionsOf(me) }[String(name)];
}

/**
 * Refine asks its providers in queries, which are answered after the first paint. The answers are in memory: they are put in with
 * the question, and again when the session changes, so that no component renders without them or with outdated ones.
 */
export function answerFromSession(client: QueryClient) {
  const fill = (queryKey: QueryKey) => {
    const known = answer(queryKey);
    // As of 0, so that the provider is asked all the same.
    if (known !== undefined) client.setQueryData(queryKey, known, { updatedAt: 0 });
  };
  const queries = client.getQueryCache();
  queries.subscribe(({ type, query }) => type === 'added' && fill(query.queryKey));
  onMe(() => {
    for (const { queryKey } of queries.findAll()) fill(queryKey);
  });
  for (const provider of ['auth', 'access']) client.setQueryDefaults([provider], { networkMode: 'always' });
  // Asked once: <Authenticated> shows nothing while it is asked again.
  client.setQueryDefaults(['auth', 'check'], { staleTime: 'static', networkMode: 'always' });
}
