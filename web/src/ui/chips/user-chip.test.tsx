import { fireEvent, render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Avatar } from './user-chip.tsx';

it('shows initials in place of a picture that cannot be loaded', () => {
  const pictured = (imageUrl: string) => <Avatar id="ada" name="Ada Park" imageUrl={imageUrl} size="row" />;
  const { container, rerender } = render(pictured('https://pictures.example/ada.png'));
  const picture = container.querySelector('img');
  if (!picture) throw new Error('no picture');
  fireEvent.error(picture);
  expect(container.textContent).toBe('AP');
  rerender(pictured('https://img.clerk.com/ada.png'));
  expect(container.querySelector('img')?.src).toBe('https://img.clerk.com/ada.png');
});
