import './gallery.css';
import { Refine } from '@refinedev/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { accessControlProvider } from '../src/providers/access/access-control-provider.ts';
import { currentAuth } from '../src/providers/auth/auth-provider.ts';
import { dataProvider } from '../src/providers/data/data-provider.ts';
import { answerFromSession } from '../src/providers/data/session-answers.ts';
import { i18nProvider } from '../src/providers/i18n-provider.ts';
import { notificationProvider } from '../src/providers/notifications.ts';
import { TenantScopeProvider } from '../src/providers/tenant/tenant-scope.tsx';
import { Themed } from '../src/theme/themed.tsx';
import { groups } from './entries.ts';

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
answerFromSession(queryClient);

/** Every shared piece of the console in its states, all of them or a group a page, with the providers of the console and served data. */
export function Gallery() {
  const group = location.pathname.split('/')[3] || 'all';
  const entries = groups[group] ?? Object.values(groups).flat();
  return (
    <Console>
      <nav className="gallery-nav" aria-label="Groups">
        {Object.keys(groups).map((each) => (
          <a key={each} href={`/dev/gallery/${each}`} aria-current={each === group ? 'page' : undefined}>
            {each}
          </a>
        ))}
      </nav>
      <main className={`gallery gallery-${group}`}>
        <h1>{group}</h1>
        {entries.map(({ name, states }) => (
          <section key={name} aria-label={`Gallery: ${name}`}>
            <h2>{name}</h2>
            {Object.entries(states).map(([state, shown]) => (
              <figure key={state}>
                <figcaption>{state}</figcaption>
                {shown}
              </figure>
            ))}
          </section>
        ))}
      </main>
    </Console>
  );
}

/** The console without its frame, in the tenant Acme. */
function Console({ children }: { children: ReactNode }) {
  return (
    <MemoryRouter initialEntries={['/t/acme/gallery']}>
      <Themed>
        <QueryClientProvider client={queryClient}>
          <Refine
            authProvider={currentAuth()}
            accessControlProvider={accessControlProvider}
            dataProvider={dataProvider}
            i18nProvider={i18nProvider}
            notificationProvider={notificationProvider}
            options={{ disableTelemetry: true, reactQuery: { clientConfig: queryClient } }}
          >
            <TenantScopeProvider>{children}</TenantScopeProvider>
          </Refine>
        </QueryClientProvider>
      </Themed>
    </MemoryRouter>
  );
}
