import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { chooseLocale, loadMessages, t } from './i18n.ts';
import { rich } from './rich.ts';
import { roleDescription, roleName } from './role-name.ts';

beforeAll(() => loadMessages('app'));
afterEach(() => chooseLocale('en'));

function Sentence({ tenant }: { tenant: ReactNode }) {
  return <p>{rich('explain.node_member', { tenant })}</p>;
}

it('isolates each name in a sentence of elements', () => {
  const { container } = render(<Sentence tenant="דנה" />);
  expect(container.querySelector('bdi')?.textContent).toBe('דנה');
});

it('isolates in plain text only what may turn its direction', () => {
  expect(t('members.removed', { name: 'Ada Park' })).not.toMatch(/[\u2068\u2069]/);
  expect(t('members.removed', { name: 'دانا' })).toContain('\u2068دانا\u2069');
});

it('elides before an element whose text starts with a vowel', async () => {
  await chooseLocale('fr');
  expect(render(<Sentence tenant={<strong>Acme</strong>} />).container.textContent).toBe('Membre d’Acme');
  expect(render(<Sentence tenant={<strong>Globex</strong>} />).container.textContent).toBe('Membre de Globex');
});

it('translates the roles of Rolecall and keeps the names of custom ones', async () => {
  await chooseLocale('fr');
  expect(roleName({ key: 'owner', name: 'Platform owner' })).toBe('Propriétaire de la plateforme');
  expect(roleName({ name: 'Auditor' })).toBe('Auditeur');
  expect(roleName({ key: 'owner-2', name: 'Owner' })).toBe('Owner');
  expect(roleName({ key: 'auditor', name: 'Auditor', isSystem: false })).toBe('Auditor');
  expect(roleName({ key: 'teacher', name: 'Teacher' })).toBe('Teacher');
  const member = { key: 'member', name: 'Member', description: 'Sees the tenant and its members' };
  expect(roleDescription(member)).toBe('Voit l’organisation et ses membres');
  expect(roleDescription({ ...member, isSystem: false })).toBe(member.description);
});
