import { render, screen } from '@testing-library/react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { describe, expect, it } from 'vitest';
import { useIdParam } from './use-id-param.ts';

function Id() {
  return <output>{useIdParam()}</output>;
}

describe('the id in the path', () => {
  it.each(['a%2Fb', 'a/b', 'a%252Fb', 'auth0|1', 'user:a%2Fb', 'a b', 'ü', '100%', 'users'])(
    'is decoded once: %s',
    (id) => {
      render(
        <MemoryRouter initialEntries={[`/platform/users/${encodeURIComponent(id)}`]}>
          <Routes>
            <Route path="/platform/users/:id" element={<Id />} />
          </Routes>
        </MemoryRouter>,
      );
      expect(screen.getByRole('status').textContent).toBe(id);
    },
  );
});
