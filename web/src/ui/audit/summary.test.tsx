import { render, screen } from '@testing-library/react';
import type { AuditLog } from 'bff/contract';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it } from 'vitest';
import { chooseLocale, loadMessages } from '../../i18n/i18n.ts';
import { clearMe, loadMe } from '../../providers/auth/session.ts';
import { aMe, anEvent } from '../../testing/builders.ts';
import { serve } from '../../testing/server.ts';
import { AuditSummary } from './summary.tsx';

async function read(event: AuditLog, held: Parameters<typeof aMe>[0] = { acme: ['members:read'] }) {
  serve(() => ({ body: aMe(held) }));
  await loadMe();
  const { container } = render(
    <MemoryRouter>
      <AuditSummary event={event} withTenant />
    </MemoryRouter>,
  );
  return container.textContent;
}

beforeEach(clearMe);

it('names actor, user, role and tenant', async () => {
  expect(await read(anEvent())).toBe('Ada Park assigned Marco Lindt the role Billing in Acme');
  expect(screen.getByRole('link', { name: 'Marco Lindt' }).getAttribute('href')).toBe('/t/acme/members/user%3Amarco');
});

it('names the actor and the one who acts as them', async () => {
  const impersonator = { id: 'sam', name: 'Sam Support', email: null };
  const actor = { type: 'user', id: 'ada', name: 'Ada Park', email: null, impersonator } as const;
  expect(await read(anEvent({ actor }))).toBe(
    'Ada Park (impersonated by Sam Support) assigned Marco Lindt the role Billing in Acme',
  );
  expect(await read(anEvent({ actor, outcome: 'denied', action: 'role.create', permission: null }))).toMatch(
    /^Ada Park \(impersonated by Sam Support\) tried to/,
  );
  const ada = { id: 'ada', name: 'Ada Park', email: null };
  expect(await read(anEvent({ actor, action: 'user.created', subject: ada, target: null }))).toMatch(
    /^Ada Park \(impersonated by Sam Support\) /,
  );
});

it('summarizes a replaced role', async () => {
  const event = anEvent({ after: { roles: [{ id: 'r2', name: 'Billing' }] } });
  expect(await read(event)).toBe('Ada Park replaced Member with Billing for Marco Lindt in Acme');
});

it('translates the names of system roles, not of a custom role with the same name', async () => {
  await loadMessages('app');
  await chooseLocale('fr');
  const owner = (key: string) =>
    anEvent({ before: { roles: [] }, after: { roles: [{ id: key, key, name: 'Owner' }] } });
  expect(await read(owner('owner'))).toContain('Propriétaire');
  expect(await read(owner('owner-2'))).toContain('Owner');
  await chooseLocale('en');
});

it('names the missing permission of a denied attempt', async () => {
  const event = anEvent({
    action: 'invitation.create',
    outcome: 'denied',
    permission: 'members:invite',
    subject: null,
    target: null,
  });
  expect(await read(event)).toBe('Ada Park tried to invite a member in Acme and was denied: requires members:invite');
});

it('tells sign-ins, failed ones too, by the account or the address that was typed', async () => {
  const unknown = { type: 'user' as const, id: null, name: null, email: null, impersonator: null };
  const session = { type: 'session', id: 's1', label: null };
  expect(await read(anEvent({ action: 'session.started', target: session }))).toBe('Marco Lindt signed in');
  const failed = { action: 'user.sign_in_failed', outcome: 'denied' as const, actor: unknown };
  expect(await read(anEvent({ ...failed, target: { type: 'user', id: 'user:marco', label: null } }))).toBe(
    'A sign-in as Marco Lindt failed',
  );
  const address = { type: 'user', id: null, label: 'eve@example.test' };
  expect(await read(anEvent({ ...failed, subject: null, target: address }))).toBe(
    'A sign-in as eve@example.test failed',
  );
});

it('names changed permissions, unless other fields changed too', async () => {
  const role = (permissions: string[], name = 'Billing') => ({ name, permissions, conditions: {} });
  const event = (before: object, after: object) =>
    anEvent({
      action: 'role.updated',
      subject: null,
      target: { type: 'role', id: 'r1', label: 'Billing' },
      before: { ...before },
      after: { ...after },
    });
  const swap = event(role(['audit:read']), role(['members:read', 'roles:read']));
  expect(await read(swap)).toBe(
    'Ada Park added members:read and roles:read to the role Billing and removed audit:read in Acme',
  );
  const many = event(role([]), role(['a:b', 'c:d', 'e:f']));
  expect(await read(many)).toBe('Ada Park added 3 permissions to the role Billing in Acme');
  expect(await read(event(role([]), role(['a:b'], 'Other')))).toBe('Ada Park changed the role Billing in Acme');
});

it('falls back to a generic summary for an unknown action', async () => {
  expect(await read(anEvent({ action: 'rocket.launched' }))).toBe(
    'Ada Park performed rocket.launched on Marco Lindt in Acme',
  );
});

it('has no links to what the user cannot open', async () => {
  await read(anEvent(), { acme: [] });
  expect(screen.queryByRole('link', { name: 'Marco Lindt' })).toBeNull();
});
