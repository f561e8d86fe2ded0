import type { Mailer } from '../../core/services.ts';

interface Message {
  user: { email: string; writtenEmail?: string | null };
  url: string;
}

const TEXTS = {
  en: {
    verify: ['Verify your e-mail address', 'Open this link to verify your e-mail address. It expires in one hour:'],
    reset: ['Reset your password', 'Open this link to reset your password. It expires in one hour:'],
    exists: [
      'You already have an account',
      'A new account was requested with this address, which has one already. Sign in, or reset your password:',
    ],
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
    exists: [
      'Vous avez déjà un compte',
      'Une inscription a été demandée avec cette adresse, qui a déjà un compte. Connectez-vous ou réinitialisez votre mot de passe :',
    ],
    foot: 'Si vous n’êtes pas à l’origine de cette demande, ignorez cet e-mail.',
  },
} as const;

/** The verification and password-reset e-mails, in the language of the browser. */
export function authMails(mailer: Mailer, publicOrigins: () => readonly string[]) {
  const send = (kind: 'verify' | 'reset' | 'exists') => (message: Message, request?: Request) => {
    const texts = TEXTS[languageOf(request)];
    const [subject, lead] = texts[kind];
    const link = withOrigin(message.url, publicOrigins()[0]);
    return mailer.send({
      to: message.user.writtenEmail ?? message.user.email,
      subject,
      text: `${lead}\n\n${link}\n\n${texts.foot}\n`,
    });
  };
  const exists = ({ user }: Pick<Message, 'user'>, request?: Request) =>
    send('exists')({ user, url: new URL('/sign-in', publicOrigins()[0]).href }, request);
  return { verify: send('verify'), reset: send('reset'), exists };
}

const languageOf = (request: Request | undefined): 'en' | 'fr' =>
  /^fr\b/i.test(request?.headers.get('accept-language') ?? '') ? 'fr' : 'en';

// A link never follows the Host header of the request that asked for it.
function withOrigin(url: string, origin: string | undefined): string {
  const { pathname, search } = new URL(url);
  return origin ? new URL(pathname + search, origin).href : url;
}
