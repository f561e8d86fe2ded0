import { render } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { RoleChips } from './role-chip.tsx';

it('does not hide a role that ends behind the count of the rest', () => {
  const named = ['Teacher', 'Auditor', 'Course editor', 'Billing'];
  const roles = named.map((name) => ({
    ...{ id: name, key: name.toLowerCase(), name },
    validUntil: name === 'Billing' ? new Date(Date.now() + 3 * 86_400_000).toISOString() : null,
  }));
  const { container } = render(<RoleChips roles={roles} />, { wrapper: MemoryRouter });
  expect(container.textContent).toMatch(/^Billing.*ends in 3 daysTeacher\+2$/);
});
