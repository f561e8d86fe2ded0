import type { Mailer } from '../../core/services.ts';

interface Message {
  user: { email: string; writtenEmail?: string | null };
  url: string;
}

const TEXTS = {
  en: {
    verify: ['Verify your e-mail address', 'Open this link to verify your e-mail address. It expires in one hour:'],
    reset: ['Reset your password', 'Open this link to reset your password. It expires in one hour:'],
    foot: 'If you did not request this, ignore this e-mail.',
  },
  fr: {
    verify: [
      'Vérifiez votre adresse e-mail',
      'Ouvrez ce lien pour vérifier votre adresse e-mail. Il expire dans une heure :',
    ],
    reset: [
      'Réinitialisez votre mot de passe',
      'Ouvrez ce lien pour réinitialiser votre mot de passe. Il expire dans une heure :',
    ],
    foot: 'Si vous n’êtes pas à l’origine de cette demande, ignorez cet e-mail.',
  },
} as const;

/** The verification and password-reset e-mails, in the language of the browser. */
export function authMails(mailer: Mailer, publicOrigins: () => readonly string[]) {
  const send = (kind: 'verify' | 'reset') => (message: Message, request?: Request) => {
    const texts = TEXTS[languageOf(request)];
    const [subject, lead] = texts[kind];
    const link = withOrigin(message.url, publicOrigins()[0]);
    return mailer.send({
      to: message.user.writtenEmail ?? message.user.email,
      subject,
      text: `${lead}\n\n${link}\n\n${texts.foot}\n`,
    });
  };
  return { verify: send('verify'), reset: send('reset') };
}

const languageOf = (request: Request | undefined): 'en' | 'fr' =>
  /^fr\b/i.test(request?.headers.get('accept-language') ?? '') ? 'fr' : 'en';

// A link never follows the Host header of the request that asked for it.
function withOrigin(url: string, origin: string | undefined): string {
  const { pathname, search } = new URL(url);
  return origin ? new URL(pathname + search, origin).href : url;
}
