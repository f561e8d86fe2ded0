import { expect, it } from 'vitest';
import { displayNameOf } from '../../core/text/user-names.ts';
import { claimedProfile } from './profile.ts';

it.each([
  ['the username', { preferred_username: 'ada', email: 'ada@example.test', name: '\u200b' }, 'ada'],
  ['the address', { email: 'ada@example.test', phone_number: '+15550001' }, 'ada@example.test'],
  ['the phone number', { phone_number: '+15550001', given_name: ' \u2060 ' }, '+15550001'],
  ['the id', { name: '\u202e' }, 'auth0|1'],
])('a token without a visible name names its user by %s', (_what, claims, name) => {
  const profile = claimedProfile({ sub: 'auth0|1', ...claims }, { emailsAreVerified: false });
  expect(displayNameOf({ id: '', email: null, firstName: null, lastName: null, ...profile })).toBe(name);
});
