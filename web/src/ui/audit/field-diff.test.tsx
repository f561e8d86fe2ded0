import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FieldDiff } from './field-diff.tsx';

it.each([null, '', [], {}])('marks no value as changed where %j was none', (nothing) => {
  render(<FieldDiff before={{ description: nothing }} after={{ description: 'May bill' }} />);
  expect(screen.getByText('none').className).toBe('muted');
  expect(screen.getByText('May bill').className).toBe('diff-after');
});
