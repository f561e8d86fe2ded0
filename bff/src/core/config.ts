import { z } from 'zod';

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin);

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: origin.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  IDENTITY_PROVIDER: z.enum(['local', 'clerk', 'jwt']).default('local'),
  SEED: z.enum(['demo', 'none']).optional(),
  DEMO_PASSWORD: z.string().min(8).default('rolecall-demo'),
  BOOTSTRAP_OWNER: z.string().min(1).optional(),
  DEFAULT_TENANT: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the slug of a tenant: small letters, digits and hyphens')
    .optional(),
  USER_PROVISIONING: z.enum(['webhook', 'first-request']).default('webhook'),
  TRUSTED_PROXIES: list.default([]),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SIGN_UP: flag.default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CLERK_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_/)
    .optional(),
  CLERK_SECRET_KEY: z
    .string()
    .regex(/^sk_(test|live)_/)
    .optional(),
  CLERK_JWT_KEY: z.string().min(1).optional(),
  CLERK_AUTHORIZED_PARTIES: list.optional(),
  CLERK_WEBHOOK_SIGNING_SECRET: z.string().startsWith('whsec_').optional(),
  CLERK_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
  CLERK_API_URL: origin.optional(),
  CLERK_FAPI_URL: origin.optional(),
  CLERK_ROLE_SYNC: z.enum(['two-way', 'push', 'pull', 'off']).default('two-way'),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  JWT_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  JWT_SECRET: z.string().min(32).optional(),
  JWT_ALGORITHMS: list.default([]),
  JWT_EMAILS_ARE_VERIFIED: flag.default(false),
  JWT_SIGN_IN_URL: z.url({ protocol: /^https?$/ }).optional(),
});

export interface Config {
  port: number;
  host: string;
  /** The one origin people use; null means whatever loopback address the server listens on. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string | null;
  identityProvider: 'local' | 'clerk' | 'jwt';
  seedDemo: boolean;
  demoPassword: string;
  bootstrapOwner: string | null;
  /** The slug of the one tenant that everybody belongs to; null in an app of many tenants. */
  defaultTenant: string | null;
  userProvisioning: 'webhook' | 'first-request';
  trustedProxies: readonly string[];
  smtpUrl: string | null;
  signUp: boolean;
  logLevel: string;
  clerk: {
    publishableKey: string | null;
    secretKey: string | null;
    jwtKey: string | null;
    authorizedParties: readonly string[] | null;
    webhookSecret: string | null;
    apiUrl: string | null;
    /** Where Clerk's Frontend API is reached through our own origin; null means that browsers ask Clerk's host. */
    fapiUrl: string | null;
    roleSync: 'two-way' | 'push' | 'pull' | 'off';
  };
  jwt: {
    issuer: string | null;
    audience: string | null;
    jwksUrl: string | null;
    secret: string | null;
    algorithms: readonly string[];
    /** The issuer gives nobody a token before their address is proved, and does not say so in a claim. */
    emailsAreVerified: boolean;
    /** Where people get a token; it sends them back to /sign-in with `#access_token=`. */
    signInUrl: string | null;
  };
}

/** Every fault of the environment, one line each. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

export type Environment = Record<string, string | undefined>;

/** The environment of this process, with some of its settings replaced. */
export const environmentWith = (settings: Environment): Environment => ({ ...process.env, ...settings });

/** Reads the settings; an empty value counts as unset. Throws ConfigError with all faults at once. */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const settings = parsed.data;
  const faults = contradictions(settings);
  if (faults.length > 0) throw new ConfigError(faults);

  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL ?? null,
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL ?? null,
    identityProvider: settings.IDENTITY_PROVIDER,
    seedDemo: (settings.SEED ?? (settings.IDENTITY_PROVIDER === 'local' ? 'demo' : 'none')) === 'demo',
    demoPassword: settings.DEMO_PASSWORD,
    bootstrapOwner: settings.BOOTSTRAP_OWNER ?? null,
    defaultTenant: settings.DEFAULT_TENANT ?? null,
    userProvisioning: settings.USER_PROVISIONING,
    trustedProxies: settings.TRUSTED_PROXIES,
    smtpUrl: settings.SMTP_URL ?? null,
    signUp: settings.SIGN_UP,
    logLevel: settings.LOG_LEVEL,
    clerk: {
      publishableKey: settings.CLERK_PUBLISHABLE_KEY ?? null,
      secretKey: settings.CLERK_SECRET_KEY ?? null,
      jwtKey: settings.CLERK_JWT_KEY?.replaceAll('\\n', '\n') ?? null,
      authorizedParties: settings.CLERK_AUTHORIZED_PARTIES ?? null,
      webhookSecret: settings.CLERK_WEBHOOK_SIGNING_SECRET ?? settings.CLERK_WEBHOOK_SECRET ?? null,
      apiUrl: settings.CLERK_API_URL ?? null,
      fapiUrl: settings.CLERK_FAPI_URL ?? null,
      roleSync: settings.CLERK_ROLE_SYNC,
    },
    jwt: {
      issuer: settings.JWT_ISSUER ?? null,
      audience: settings.JWT_AUDIENCE ?? null,
      jwksUrl: settings.JWT_JWKS_URL ?? null,
      secret: settings.JWT_SECRET ?? null,
      algorithms: settings.JWT_ALGORITHMS,
      emailsAreVerified: settings.JWT_EMAILS_ARE_VERIFIED,
      signInUrl: settings.JWT_SIGN_IN_URL ?? null,
    },
  });
}

function contradictions(settings: z.infer<typeof Settings>): string[] {
  const faults: string[] = [];
  if (settings.IDENTITY_PROVIDER === 'clerk' && !settings.CLERK_JWT_KEY) {
    faults.push(
      'CLERK_JWT_KEY: needed to verify session tokens when IDENTITY_PROVIDER is clerk (Clerk dashboard, API keys, JWKS public key)',
    );
  }
  if (settings.IDENTITY_PROVIDER === 'jwt') faults.push(...jwtFaults(settings));
  if (settings.CLERK_FAPI_URL && !(settings.CLERK_PUBLISHABLE_KEY && settings.CLERK_SECRET_KEY)) {
    faults.push('CLERK_FAPI_URL: passing requests on to Clerk needs CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY');
  }
  for (const name of ['CLERK_FAPI_URL', 'CLERK_API_URL'] as const) {
    if (isReadOnTheWay(settings[name])) {
      faults.push(`${name}: is sent the secret key, so it must be https or a loopback address`);
    }
  }
  if (settings.IDENTITY_PROVIDER !== 'local' && settings.SEED === 'demo') {
    faults.push('SEED: the demo has people of the local identity provider; leave SEED out or set it to none');
  }
  if (!isLoopbackHost(settings.HOST) && !settings.PUBLIC_URL) {
    faults.push('PUBLIC_URL: needed when HOST is not a loopback address, because cookies and origins are bound to it');
  }
  return faults;
}

const OF_A_SECRET = /^HS(256|384|512)$/;
const OF_A_KEY_PAIR = /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/;

// A verifier that accepts what it should not is worse than none, so nothing here has a default.
function jwtFaults(settings: z.infer<typeof Settings>): string[] {
  const { JWT_JWKS_URL: url, JWT_SECRET: secret, JWT_ALGORITHMS: algorithms } = settings;
  const faults: string[] = [];
  for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'] as const) {
    if (!settings[name]) faults.push(`${name}: needed when IDENTITY_PROVIDER is jwt; every token must name it`);
  }
  if (Boolean(url) === Boolean(secret))
    faults.push('JWT_JWKS_URL, JWT_SECRET: exactly one of them says how tokens are verified');
  const fitting = secret ? OF_A_SECRET : OF_A_KEY_PAIR;
  if (algorithms.length === 0 || algorithms.some((name) => !fitting.test(name))) {
    faults.push(
      `JWT_ALGORITHMS: the algorithms to accept, such as ${secret ? 'HS256' : 'RS256 or ES256'}, and none of another kind`,
    );
  }
  if (isReadOnTheWay(url)) {
    faults.push('JWT_JWKS_URL: must be https, because whoever changes the keys on the way can be anybody');
  }
  return faults;
}

const isLoopbackHost = (host: string) => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);
const isReadOnTheWay = (url: string | undefined) =>
  url?.startsWith('http:') === true && !isLoopbackHost(new URL(url).hostname);
