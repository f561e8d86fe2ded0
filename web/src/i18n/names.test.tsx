import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { t, useI18n } from './i18n.ts';

await import('./i18n.ts').then(({ loadMessages }) => loadMessages('app'));

function Sentence({ name }: { name: string }) {
  return <p>{useI18n().rich('audit.in_tenant', { tenant: name })}</p>;
}

it('isolates each name in a sentence of elements', () => {
  const { container } = render(<Sentence name="דנה" />);
  expect(container.querySelector('bdi')?.textContent).toBe('דנה');
});

it('isolates in plain text only what may turn its direction', () => {
  expect(t('members.removed', { name: 'Ada Park' })).not.toMatch(/[\u2068\u2069]/);
  expect(t('members.removed', { name: 'دانا' })).toContain('\u2068دانا\u2069');
});
