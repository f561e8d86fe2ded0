import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import DayPicker from './date-picker.tsx';

it.each([
  ['2026-03-05', '2026-03-05T00:00'],
  ['2026-03-05 14:30', '2026-03-05T14:30'],
  ['05/03/2026 14:30', '2026-03-05T14:30'],
])('takes a typed date with Enter: %s', (typed, local) => {
  const onChange = vi.fn();
  render(<DayPicker label="Date" edge="time" onChange={onChange} />);
  const field = screen.getByRole('textbox', { name: 'Date' });
  fireEvent.mouseDown(field);
  fireEvent.change(field, { target: { value: typed } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onChange).toHaveBeenLastCalledWith(new Date(local).toISOString());
});
