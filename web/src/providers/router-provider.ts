import { matchResourceFromRoute, ResourceContext, type RouterProvider } from '@refinedev/core';
import routerProvider from '@refinedev/react-router';
import { useCallback, useContext } from 'react';
import { useLocation } from 'react-router';

const decode = (segment = ''): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/**
 * Refine's router with two differences. The id in the path is decoded once: React Router decodes `%2F` a second time, so that a user
 * whose id is `a%2Fb` would be shown as `a/b`, who is another user. And the query string stays out of Refine's `meta`, and with it
 * out of the requests and the keys of the cache.
 */
export const consoleRouter: RouterProvider = { ...routerProvider, parse: useParse };

function useParse() {
  const { pathname } = useLocation();
  const { resources } = useContext(ResourceContext);
  return useCallback(() => {
    const { resource, action, matchedRoute } = matchResourceFromRoute(pathname, resources);
    const at = matchedRoute?.split('/').indexOf(':id') ?? -1;
    return {
      pathname,
      ...(resource && { resource }),
      ...(action && { action }),
      ...(at > 0 && { id: decode(pathname.split('/')[at]) }),
    };
  }, [pathname, resources]);
}
