import type { Mailer } from '../../core/services.ts';

interface Message {
  user: { email: string };
  url: string;
}

const TEXTS = {
  en: {
    verify: ['Confirm your e-mail address', 'Open this link to confirm your e-mail address. It is good for one hour:'],
    reset: ['Choose a new password', 'Open this link to choose a new password. It is good for one hour:'],
    foot: 'If you did not ask for this, leave it unopened.',
  },
  fr: {
    verify: [
      'Confirmez votre adresse e-mail',
      'Ouvrez ce lien pour confirmer votre adresse e-mail. Il est valable une heure :',
    ],
    reset: [
      'Choisissez un nouveau mot de passe',
      'Ouvrez ce lien pour choisir un nouveau mot de passe. Il est valable une heure :',
    ],
    foot: 'Si vous n’avez rien demandé, n’ouvrez pas ce lien.',
  },
} as const;

/** The two messages an account needs, in the language the browser asked for. */
export function authMails(mailer: Mailer, publicOrigins: () => readonly string[]) {
  const send = (kind: 'verify' | 'reset') => (message: Message, request?: Request) => {
    const texts = TEXTS[languageOf(request)];
    const [subject, lead] = texts[kind];
    const link = withOrigin(message.url, publicOrigins()[0]);
    return mailer.send({ to: message.user.email, subject, text: `${lead}\n\n${link}\n\n${texts.foot}\n` });
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
