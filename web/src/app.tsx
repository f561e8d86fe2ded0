import '@ant-design/v5-patch-for-react-19';
import './theme/app.css';
import './ui/dialog/history-guard.ts';
import { Authenticated, Refine } from '@refinedev/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { HomeRedirect } from './layout/gates/home-redirect.tsx';
import { LeaveConsole } from './layout/gates/leave-console.tsx';
import { PageGate } from './layout/gates/page-gate.tsx';
import { TenantGate } from './layout/gates/tenant-gate.tsx';
import { Shell } from './layout/shell.tsx';
import { pagesOf, prefetchPage, useResources } from './pages/registry.ts';
import { accessControlProvider } from './providers/access/access-control-provider.ts';
import { currentAuth } from './providers/auth/auth-provider.ts';
import { dataProvider } from './providers/data/data-provider.ts';
import { queryClient } from './providers/data/query-client.ts';
import { i18nProvider } from './providers/i18n-provider.ts';
import { liveProvider } from './providers/live/live-provider.ts';
import { notificationProvider } from './providers/notifications.ts';
import { consoleRouter } from './providers/router-provider.ts';
import { TenantScopeProvider } from './providers/tenant/tenant-scope.tsx';
import { RoleChoiceGate } from './sign-in/onboarding/role-choice-gate.tsx';
import { RenewDialog } from './sign-in/renew/renew-dialog.tsx';
import { Themed } from './theme/themed.tsx';
import { NotFound } from './ui/feedback/not-found.tsx';

void prefetchPage(location.href).catch(() => undefined);

const bases = { tenant: '/t/:slug', platform: '/platform' } as const;

const routesOf = (scope: keyof typeof bases) =>
  pagesOf(scope).flatMap((page) => [
    <Route key={page.path} path={page.path} element={<PageGate screen={page.list} />} />,
    ...(page.show
      ? [<Route key={`${page.path}/id`} path={`${page.path}/:id`} element={<PageGate screen={page.show} />} />]
      : []),
  ]);

export default function App() {
  return (
    <RoleChoiceGate>
      <BrowserRouter>
        <Themed>
          <RenewDialog />
          <QueryClientProvider client={queryClient}>
            <TenantScopeProvider>
              <Console />
            </TenantScopeProvider>
          </QueryClientProvider>
        </Themed>
      </BrowserRouter>
    </RoleChoiceGate>
  );
}

function Console() {
  return (
    <Refine
      authProvider={currentAuth()}
      accessControlProvider={accessControlProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      liveProvider={liveProvider}
      notificationProvider={notificationProvider}
      routerProvider={consoleRouter}
      resources={useResources()}
      options={{
        disableTelemetry: true,
        disableRouteChangeHandler: true,
        syncWithLocation: false,
        title: { text: 'Rolecall', icon: null },
        reactQuery: { clientConfig: queryClient },
      }}
    >
      <Routes>
        <Route path="/sign-in" element={<LeaveConsole />} />
        <Route path="/sign-up" element={<LeaveConsole />} />
        <Route path="/invitations/:token" element={<LeaveConsole />} />
        <Route
          element={
            <Authenticated key="console">
              <Shell />
            </Authenticated>
          }
        >
          <Route index element={<HomeRedirect />} />
          {(['tenant', 'platform'] as const).map((scope) => (
            <Route key={scope} path={bases[scope]} element={<TenantGate />}>
              <Route index element={<Navigate to="home" replace />} />
              {routesOf(scope)}
              <Route path="*" element={<NotFound />} />
            </Route>
          ))}
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Refine>
  );
}
