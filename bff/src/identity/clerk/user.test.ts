import { describe, expect, it } from 'vitest';
import { emailKey } from '../../core/text/email-address.ts';
import { slugOf } from '../../sync/apply/slug.ts';
import { copyOf } from '../../sync/apply/user-fields.ts';
import { parseEvent } from '../../sync/inbox/payload.ts';
import { toStorable } from '../storable.ts';
import { ClerkUser, toIdentityUser } from './user.ts';

const least = { id: 'user_1', created_at: 1_716_883_200_000, updated_at: 1_716_883_500_000 };
const email = (id: string, status: string | null) => ({
  id,
  email_address: `${id}@example.test`,
  verification: status === null ? null : { status },
});
const phones = {
  primary_phone_number_id: 'b',
  phone_numbers: [
    { id: 'a', phone_number: '+15550001' },
    { id: 'b', phone_number: '+15550002' },
  ],
};
const read = (given: object) => toIdentityUser(ClerkUser.parse({ ...least, ...given }));

describe('Clerk user', () => {
  it('needs only an id and dates', () => {
    expect(read({})).toMatchObject({ id: 'user_1', email: null, emailVerified: false, firstName: null, role: null });
    expect(read({ email_addresses: null, public_metadata: null, banned: null, brand_new_key: {} }).email).toBeNull();
  });

  it.each([
    ['the primary address', 'b', [email('a', 'verified'), email('b', 'verified')], 'b@example.test', true],
    ['an unverified primary address', 'b', [email('b', 'unverified')], 'b@example.test', false],
    ['a primary address without verification', 'b', [email('b', null)], 'b@example.test', false],
    [
      'a verified one where the primary is missing from the list',
      'missing',
      [email('a', null), email('b', 'verified')],
      'b@example.test',
      true,
    ],
    ['no claimed one where the primary is missing', 'missing', [email('a', 'unverified')], null, false],
    ['none of an empty list', 'missing', [], null, false],
  ])('takes %s', (_, primary_email_address_id, email_addresses, address, emailVerified) => {
    expect(read({ primary_email_address_id, email_addresses })).toMatchObject({ email: address, emailVerified });
  });

  it.each([
    [
      'by the username where the name is invisible',
      { first_name: '\u200b', last_name: '\u3164', username: 'ada' },
      'ada',
    ],
    ['in one line', { first_name: 'Ann\u2028removed', last_name: '\u2029by' }, 'Ann removed by'],
    ['without bidi controls', { first_name: 'Ann \u202eremoved', last_name: '\u2067by' }, 'Ann removed by'],
    ['in whole characters', { first_name: `${'x'.repeat(116)}👩‍👩‍👧‍👦` }, 'x'.repeat(116)],
  ])('is named %s', (_, given, name) => {
    expect(copyOf(read(given)).name).toBe(name);
  });

  it('keeps an address that turns the text apart from the plain one', () => {
    const turned = { ...email('b', 'verified'), email_address: 'ada\u202e@x.test' };
    const { email: address } = read({ email_addresses: [turned] });
    expect([address, emailKey(address ?? '')]).toEqual(['ada\ufffd@x.test', null]);
  });

  it.each([
    ['the username', { username: 'ada' }, 'ada'],
    ['the address before the phone number', { email_addresses: [email('b', 'verified')], ...phones }, 'b@example.test'],
    ['the primary phone number', phones, '+15550002'],
    ['another phone number where none is primary', { phone_numbers: phones.phone_numbers }, '+15550001'],
    ['the id', {}, 'user_1'],
  ])('without a name is shown by %s', (_, given, name) => {
    expect(copyOf(read(given))).toMatchObject({ name, searchText: expect.stringContaining(name) });
  });

  it('has the role that public_metadata names', () => {
    expect(read({ public_metadata: { role: 'support' }, unsafe_metadata: { role: 'owner' } }).role).toBe('support');
    for (const absent of [null, undefined, {}, { role: null }, { role: '' }, { role: ' ' }])
      expect(read({ public_metadata: absent, unsafe_metadata: { role: 'owner' } }).role).toBeNull();
  });

  it.each([
    [{ role: ['teacher'] }, '["teacher"]', null],
    [{ role: { b: 1, a: 'teacher' } }, '{"a":"teacher","b":1}', null],
    [{ role: true }, 'true', null],
    [{ role: '\u200b' }, '"\u200b"', null],
    [['teacher'], '["teacher"]', null],
    ['teacher', '"teacher"', null],
    [{ role: ['x'.repeat(500)] }, `["${'x'.repeat(118)}`, null],
  ])('has a role that cannot be read, not an absent one, in metadata %j', (public_metadata, role, chosenRole) => {
    expect(read({ public_metadata, unsafe_metadata: public_metadata })).toMatchObject({ role, chosenRole });
  });

  it('accepts only https pictures and one line of text', () => {
    expect(read({ image_url: 'javascript:alert(1)', first_name: ' A\nda\u0000 ', last_name: '   ' })).toMatchObject({
      imageUrl: null,
      firstName: 'A da',
      lastName: null,
    });
  });

  it('is rejected without an id or a timestamp', () => {
    for (const missing of ['id', 'created_at', 'updated_at']) {
      expect(ClerkUser.safeParse({ ...least, [missing]: undefined }).success).toBe(false);
    }
  });
});

describe('stored payload', () => {
  it.each([
    ['email.created', { id: 'ema_1', body: 'code 424242', data: { otp_code: '424242' } }],
    ['organizationInvitation.created', { id: 'orginv_1', url: 'https://x/?ticket=424242' }],
    ['user.created', { id: 'user_1', private_metadata: { pin: '424242' } }],
    ['organizationMembership.created', { id: 'm_1', public_user_data: { user_id: 'user_1', identifier: '424242' } }],
    ['something.new', { id: 'x_1', secret: '424242' }],
  ])('contains no secret of %s', (type, data) => {
    const event = parseEvent({ type, timestamp: 1_716_883_200, data });
    expect(event).toMatchObject({ type, objectId: data.id, occurredAt: new Date(1_716_883_200_000) });
    expect(JSON.stringify(event)).not.toContain('424242');
  });

  it('records unreadable input as type unknown', () => {
    for (const message of [null, 7, [], {}, { type: 7, data: 'x', timestamp: 'soon' }]) {
      expect(parseEvent(message)).toMatchObject({ type: 'unknown', objectId: null, occurredAt: null });
    }
  });

  it('contains only text that PostgreSQL can store', () => {
    expect(toStorable({ 'a\u0000': ['b\ud800', 1, null] })).toEqual({ 'a\ufffd': ['b\ufffd', 1, null] });
  });
});

it.each([
  ['Acme Corp', 'acme-corp'],
  ['Électricité de Liège', 'electricite-de-liege'],
  ['--x--', 'tenant'],
  ['株式会社', 'zhushihuishe'],
  [`${'a'.repeat(55)} b`, 'a'.repeat(55)],
])('the address of %s is %s', (name, slug) => expect(slugOf(name)).toBe(slug));
