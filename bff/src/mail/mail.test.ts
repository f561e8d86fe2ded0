import pino from 'pino';
import { expect, it } from 'vitest';
import { invitationMail } from './invitation-mail.ts';
import { createMailer, readSmtpUrl } from './mailer.ts';

it('takes the sender from the URL, its user or the public host', () => {
  const from = (url: string, publicUrl: string | null = null) => readSmtpUrl(url, publicUrl).from;
  expect(from('smtp://mail.example.test?from=Acme%20%3Chi%40acme.test%3E')).toBe('Acme <hi@acme.test>');
  expect(from('smtps://post%40acme.test:pw@mail.example.test')).toBe('Rolecall <post@acme.test>');
  expect(from('smtp://mail.example.test', 'https://console.acme.test')).toBe('Rolecall <no-reply@console.acme.test>');
  expect(readSmtpUrl('smtp://mail.example.test:587?from=a@b.test&pool=true', null).server).toBe(
    'smtp://mail.example.test:587?pool=true',
  );
});

it('rejects sending without an SMTP URL', async () => {
  const mailer = createMailer({ smtpUrl: null, publicUrl: null }, pino({ level: 'silent' }));
  expect(mailer.isConfigured).toBe(false);
  await expect(mailer.send({ to: 'a@b.test', subject: 's', text: 't' })).rejects.toThrow('SMTP_URL');
});

it('writes an invitation with inviter, roles and expiry in either language', () => {
  const invitation = {
    to: 'a@b.test',
    tenantName: 'Acme',
    inviterName: 'Ada Park',
    roleNames: ['Admin', 'Auditor'],
    link: 'https://x.test/invitations/t0k3n',
    expiresAt: new Date('2026-12-01T12:00:00Z'),
  };
  const english = invitationMail({ ...invitation, language: 'en' });
  expect(english.subject).toBe('Invitation to join Acme');
  expect(english.text).toMatch(/Ada Park invited you[\s\S]*Admin and Auditor[\s\S]*t0k3n[\s\S]*December 1, 2026/);
  const french = invitationMail({ ...invitation, inviterName: null, language: 'fr' });
  expect(french.text).toMatch(/Vous avez été invité[\s\S]*Admin et Auditor[\s\S]*1 décembre 2026/);
});
