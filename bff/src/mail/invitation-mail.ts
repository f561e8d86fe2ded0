import type { Mail } from '../core/services.ts';
import { isolate } from '../core/text/isolate.ts';

export interface InvitationMail {
  to: string;
  tenantName: string;
  /** Null when the inviter is unknown or deleted. */
  inviterName: string | null;
  roleNames: readonly string[];
  link: string;
  expiresAt: Date;
  language: 'en' | 'fr';
}

/** The e-mail with the invitation link, which only its recipient may see. */
export function invitationMail(invitation: InvitationMail): Mail {
  const { to, roleNames, link, language } = invitation;
  const tenantName = isolate(invitation.tenantName);
  const inviterName = invitation.inviterName && isolate(invitation.inviterName);
  const several = roleNames.length > 1;
  const roles = new Intl.ListFormat(language).format(roleNames.map(isolate));
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(invitation.expiresAt);
  if (language === 'fr') {
    return {
      to,
      subject: `Invitation à rejoindre ${tenantName}`,
      text: [
        inviterName
          ? `${inviterName} vous a invité à rejoindre ${tenantName}.`
          : `Vous avez été invité à rejoindre ${tenantName}.`,
        `${several ? 'Rôles' : 'Rôle'} : ${roles}`,
        `Acceptez l’invitation :\n${link}`,
        `Elle expire le ${until}.`,
        'Ce lien est personnel. Ne le partagez pas.',
      ].join('\n\n'),
    };
  }
  return {
    to,
    subject: `Invitation to join ${tenantName}`,
    text: [
      inviterName
        ? `${inviterName} invited you to join ${tenantName}.`
        : `You have been invited to join ${tenantName}.`,
      `${several ? 'Roles' : 'Role'}: ${roles}`,
      `Accept the invitation:\n${link}`,
      `It expires on ${until}.`,
      'This link is personal. Do not share it.',
    ].join('\n\n'),
  };
}
