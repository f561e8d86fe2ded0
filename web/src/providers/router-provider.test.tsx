import { Refine, useParsed } from '@refinedev/core';
import { QueryClient } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { dataProvider } from './data/data-provider.ts';
import { consoleRouter } from './router-provider.ts';

function Parsed() {
  const { id, params, resource, action } = useParsed();
  return <output>{JSON.stringify([resource?.name, action, id, params])}</output>;
}

function parsedAt(address: string) {
  render(
    <MemoryRouter initialEntries={[address]}>
      <Refine
        dataProvider={dataProvider}
        routerProvider={consoleRouter}
        resources={[{ name: 'users', list: '/platform/users', show: '/platform/users/:id' }]}
        options={{ disableTelemetry: true, reactQuery: { clientConfig: new QueryClient() } }}
      >
        <Parsed />
      </Refine>
    </MemoryRouter>,
  );
  return JSON.parse(screen.getByRole('status').textContent);
}

describe('the id in the path', () => {
  it.each(['a%2Fb', 'a/b', 'a%252Fb', 'auth0|1', 'user:a%2Fb', 'a b', 'ü', '100%', 'users'])(
    'is decoded once: %s',
    (id) => {
      expect(parsedAt(`/platform/users/${encodeURIComponent(id)}`)).toEqual(['users', 'show', id, null]);
    },
  );

  it('is shown as it is where it is not encoded', () => {
    expect(parsedAt('/platform/users/100%')[2]).toBe('100%');
  });
});

it('keeps the query string out of the meta of requests', () => {
  expect(parsedAt('/platform/users?method=delete&tenantId=other')).toEqual(['users', 'list', null, null]);
});
