import { type Config, ConfigError, type Environment, readConfig } from '../../core/config.ts';
import { setupWarnings } from '../../core/setup-warnings.ts';
import { sessionTokenVerifier } from '../../identity/clerk/session-token.ts';
import { verifyMailServer } from '../../mail/mailer.ts';
import { type Check, error, ok, warning } from './check.ts';
import { checkDatabase } from './database.ts';
import { checkDisk, checkNode, checkPort, checkSecretFiles } from './machine.ts';

/** Checks the set-up without changing anything. With invalid settings, only they are reported. */
export async function diagnose(environment?: Environment): Promise<Check[]> {
  let config: Config;
  try {
    config = readConfig(environment);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    return [checkNode(), ...cause.errors.map((line) => error('Settings', line))];
  }
  const [port, database, mail, disk, issuer] = await Promise.all([
    checkPort(config),
    checkDatabase(config),
    checkMail(config),
    checkDisk(config),
    checkIssuer(config),
  ]);
  return [
    checkNode(),
    ...checkSettings(config),
    port,
    ...database,
    ...checkSecretFiles(config),
    ...issuer,
    ...mail,
    disk,
  ];
}

function checkSettings(config: Config): Check[] {
  const name = 'Settings';
  const found = setupWarnings(config).map(({ setting, message, isBlocking }) =>
    (isBlocking ? error : warning)(name, `${setting} ${message}`),
  );
  const invalid = unusableValues(config).map((line) => error(name, line));
  if (invalid.length > 0) return [...invalid, ...found];
  return [ok(name, `valid; identity provider ${config.identityProvider}`), ...found];
}

/** What the parts that read a value reject when the server starts. */
function unusableValues({ identityProvider, clerk }: Config): string[] {
  try {
    if (identityProvider === 'clerk') sessionTokenVerifier({ settings: clerk, publicOrigins: () => [] });
    return [];
  } catch (cause) {
    return [(cause as Error).message];
  }
}

async function checkMail({ smtpUrl, publicUrl }: Config): Promise<Check[]> {
  if (!smtpUrl) return [];
  const host = new URL(smtpUrl).host;
  return verifyMailServer({ smtpUrl, publicUrl }).then(
    () => [ok('Mail', `${host} accepts the login`)],
    (cause: Error) => [error('Mail', `${host} cannot be used: ${cause.message}`)],
  );
}

async function checkIssuer({ identityProvider, jwt }: Config): Promise<Check[]> {
  if (identityProvider !== 'jwt' || !jwt.jwksUrl) return [];
  try {
    const response = await fetch(jwt.jwksUrl, { signal: AbortSignal.timeout(5_000) });
    const { keys } = (await response.json()) as { keys?: unknown[] };
    if (keys?.length) return [ok('Issuer', `${keys.length} keys at ${jwt.jwksUrl}`)];
    return [error('Issuer', `no keys at JWT_JWKS_URL (${jwt.jwksUrl}): no token can be verified`)];
  } catch (cause) {
    return [error('Issuer', `JWT_JWKS_URL (${jwt.jwksUrl}) cannot be fetched: ${(cause as Error).message}`)];
  }
}
