import type { Logger } from 'pino';
import type { Config } from '../core/config.ts';
import type { Mailer } from '../core/services.ts';

const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** Sends mail through SMTP_URL; its `?from=` names the sender. */
export function createMailer({ smtpUrl, publicUrl }: Pick<Config, 'smtpUrl' | 'publicUrl'>, log: Logger): Mailer {
  if (!smtpUrl) {
    return { isConfigured: false, send: () => Promise.reject(new Error('No SMTP_URL is set')) };
  }
  const { server, from } = readSmtpUrl(smtpUrl, publicUrl);
  const transport = connectTo(server);
  return {
    isConfigured: true,
    async send(mail) {
      const { messageId } = await (await transport).sendMail({ from, ...mail });
      log.debug({ messageId, subject: mail.subject }, 'mail accepted by the SMTP server');
    },
  };
}

/** Connects and signs in without sending anything. Throws when that fails. */
export async function verifyMailServer({
  smtpUrl,
  publicUrl,
}: {
  smtpUrl: string;
  publicUrl: string | null;
}): Promise<void> {
  await (await connectTo(readSmtpUrl(smtpUrl, publicUrl).server)).verify();
}

async function connectTo(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({ url, ...TIMEOUTS });
}

export function readSmtpUrl(smtpUrl: string, publicUrl: string | null): { server: string; from: string } {
  const url = new URL(smtpUrl);
  const user = decodeURIComponent(url.username);
  const fallback = user.includes('@') ? user : `no-reply@${new URL(publicUrl ?? smtpUrl).hostname}`;
  const from = url.searchParams.get('from') ?? `Rolecall <${fallback}>`;
  url.searchParams.delete('from');
  return { server: url.href, from };
}
