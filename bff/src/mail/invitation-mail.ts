import type { Mail } from '../core/services.ts';

export interface InvitationMail {
  to: string;
  tenantName: string;
  /** Null when the inviter is unknown or gone. */
  inviterName: string | null;
  roleNames: readonly string[];
  link: string;
  expiresAt: Date;
  language: 'en' | 'fr';
}

/** The message that carries an invitation's link, which is a secret of its receiver. */
export function invitationMail(invitation: InvitationMail): Mail {
  const { to, tenantName, inviterName, link, language } = invitation;
  const roles = new Intl.ListFormat(language).format(invitation.roleNames);
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(invitation.expiresAt);
  if (language === 'fr') {
    return {
      to,
      subject: `Invitation à rejoindre ${tenantName}`,
      text: [
        inviterName
          ? `${inviterName} vous invite à rejoindre ${tenantName}.`
          : `Vous êtes invité à rejoindre ${tenantName}.`,
        `Votre rôle : ${roles}.`,
        `Pour accepter, ouvrez ce lien avant le ${until} :\n${link}`,
        'Ce lien vous est personnel : ne le transmettez pas.',
      ].join('\n\n'),
    };
  }
  return {
    to,
    subject: `Invitation to join ${tenantName}`,
    text: [
      inviterName ? `${inviterName} invites you to join ${tenantName}.` : `You are invited to join ${tenantName}.`,
      `Your role: ${roles}.`,
      `To accept, open this link before ${until}:\n${link}`,
      'The link is yours alone: do not pass it on.',
    ].join('\n\n'),
  };
}
