/** What Refine's own components give for sign-in and one list, as its users scaffold them. The bench compares the console with it. */
import '@ant-design/v5-patch-for-react-19';
import '@refinedev/antd/dist/reset.css';
import { AuthPage, ErrorComponent, RefineThemes, ThemedLayout, useNotificationProvider } from '@refinedev/antd';
import { Authenticated, Refine } from '@refinedev/core';
import routerProvider, { CatchAllNavigate, NavigateToResource } from '@refinedev/react-router';
import { App, ConfigProvider } from 'antd';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Outlet, Route, Routes } from 'react-router';
import { MemberList } from './members.tsx';
import { authProvider, dataProvider } from './providers.ts';

function Console() {
  return (
    <Refine
      authProvider={authProvider}
      dataProvider={dataProvider}
      routerProvider={routerProvider}
      notificationProvider={useNotificationProvider}
      resources={[{ name: 'members', list: '/members', show: '/members/show/:id' }]}
      options={{ syncWithLocation: true, warnWhenUnsavedChanges: true, disableTelemetry: true }}
    >
      <Routes>
        <Route
          element={
            <Authenticated key="console" fallback={<CatchAllNavigate to="/login" />}>
              <ThemedLayout>
                <Outlet />
              </ThemedLayout>
            </Authenticated>
          }
        >
          <Route index element={<NavigateToResource resource="members" />} />
          <Route path="/members" element={<MemberList />} />
          <Route path="*" element={<ErrorComponent />} />
        </Route>
        <Route
          element={
            <Authenticated key="sign-in" fallback={<Outlet />}>
              <NavigateToResource />
            </Authenticated>
          }
        >
          <Route path="/login" element={<AuthPage type="login" />} />
        </Route>
      </Routes>
    </Refine>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <BrowserRouter basename="/stock">
    <ConfigProvider theme={RefineThemes.Blue}>
      <App>
        <Console />
      </App>
    </ConfigProvider>
  </BrowserRouter>,
);
