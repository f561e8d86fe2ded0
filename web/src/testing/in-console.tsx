import { Refine } from '@refinedev/core';
import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { accessControlProvider } from '../providers/access/access-control-provider.ts';
import { dataProvider } from '../providers/data/data-provider.ts';
import { answerFromSession } from '../providers/data/session-answers.ts';
import { liveProvider } from '../providers/live/live-provider.ts';
import { TenantScopeProvider } from '../providers/tenant/tenant-scope.tsx';

/** Renders a part of the console at a path with the real providers; the test serves the network. */
export function renderAt(address: string, part: ReactNode) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  answerFromSession(queryClient);
  return render(
    <MemoryRouter initialEntries={[address]}>
      <Refine
        accessControlProvider={accessControlProvider}
        dataProvider={dataProvider}
        liveProvider={liveProvider}
        options={{ disableTelemetry: true, reactQuery: { clientConfig: queryClient } }}
      >
        <TenantScopeProvider>{part}</TenantScopeProvider>
      </Refine>
    </MemoryRouter>,
  );
}
