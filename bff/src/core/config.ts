import { z } from 'zod';

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin);

/** Every setting; bff/CONFIGURATION.md describes them. */
export const Settings = z.object({
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
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be a tenant slug: lower-case letters, digits and hyphens')
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
  /** The origin users open; null means the loopback address the server listens on. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string | null;
  identityProvider: 'local' | 'clerk' | 'jwt';
  seedDemo: boolean;
  /** Only this machine can connect. */
  isLoopback: boolean;
  demoPassword: string;
  bootstrapOwner: string | null;
  /** The slug of the tenant that every user joins; null in a multi-tenant app. */
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
    /** Clerk's Frontend API behind our own origin; null when browsers call Clerk's host directly. */
    fapiUrl: string | null;
    roleSync: 'two-way' | 'push' | 'pull' | 'off';
  };
  jwt: {
    issuer: string | null;
    audience: string | null;
    jwksUrl: string | null;
    secret: string | null;
    algorithms: readonly string[];
    /** The issuer issues tokens only for verified addresses, without a claim that says so. */
    emailsAreVerified: boolean;
    /** The page that issues tokens; it redirects to /sign-in with `#access_token=`. */
    signInUrl: string | null;
  };
}

/** Everything wrong with the settings, one line each. */
export class ConfigError extends Error {
  readonly errors: readonly string[];

  constructor(errors: readonly string[]) {
    super(errors.join('\n'));
    this.errors = errors;
  }
}

export type Environment = Record<string, string | undefined>;

/** The environment of this process, and what `.env` in the working directory adds to it. */
function processEnvironment(): Environment {
  try {
    process.loadEnvFile();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new ConfigError([`.env: cannot be read (${message})`]);
  }
  return process.env;
}

/** The environment of this process with some settings replaced. */
export const environmentWith = (settings: Environment): Environment => ({ ...processEnvironment(), ...settings });

/** Reads the settings; an empty value counts as unset. Throws ConfigError with every error found. */
export function readConfig(environment: Environment = processEnvironment()): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Settings.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const settings = parsed.data;
  const errors = conflicts(settings);
  if (errors.length > 0) throw new ConfigError(errors);

  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL ?? null,
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL ?? null,
    identityProvider: settings.IDENTITY_PROVIDER,
    seedDemo: (settings.SEED ?? (isPrivateDemo(settings) ? 'demo' : 'none')) === 'demo',
    isLoopback: isLoopbackHost(settings.HOST),
    demoPassword: settings.DEMO_PASSWORD,
    bootstrapOwner: settings.BOOTSTRAP_OWNER ?? null,
    defaultTenant: settings.DEFAULT_TENANT ?? null,
    userProvisioning: settings.USER_PROVISIONING,
    trustedProxies: settings.TRUSTED_PROXIES,
    smtpUrl: settings.SMTP_URL ?? null,
    signUp: settings.SIGN_UP,
    logLevel: settings.LOG_LEVEL,
    clerk: clerkSettings(settings),
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

const clerkSettings = (settings: z.infer<typeof Settings>): Config['clerk'] => ({
  publishableKey: settings.CLERK_PUBLISHABLE_KEY ?? null,
  secretKey: settings.CLERK_SECRET_KEY ?? null,
  jwtKey: settings.CLERK_JWT_KEY?.replaceAll('\\n', '\n') ?? null,
  authorizedParties: settings.CLERK_AUTHORIZED_PARTIES ?? null,
  webhookSecret: settings.CLERK_WEBHOOK_SIGNING_SECRET ?? settings.CLERK_WEBHOOK_SECRET ?? null,
  apiUrl: settings.CLERK_API_URL ?? null,
  fapiUrl: settings.CLERK_FAPI_URL ?? null,
  roleSync: settings.CLERK_ROLE_SYNC,
});

function conflicts(settings: z.infer<typeof Settings>): string[] {
  const errors: string[] = [];
  if (settings.IDENTITY_PROVIDER === 'clerk' && !settings.CLERK_JWT_KEY) {
    errors.push(
      'CLERK_JWT_KEY: required to verify session tokens when IDENTITY_PROVIDER is clerk (Clerk dashboard, API keys, JWKS public key)',
    );
  }
  if (settings.IDENTITY_PROVIDER === 'jwt') errors.push(...jwtErrors(settings));
  if (settings.CLERK_FAPI_URL && !(settings.CLERK_PUBLISHABLE_KEY && settings.CLERK_SECRET_KEY)) {
    errors.push('CLERK_FAPI_URL: requires CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY');
  }
  for (const name of ['CLERK_FAPI_URL', 'CLERK_API_URL'] as const) {
    if (isUnencrypted(settings[name])) {
      errors.push(`${name}: must be https or a loopback address, because the secret key is sent to it`);
    }
  }
  if (settings.IDENTITY_PROVIDER !== 'local' && settings.SEED === 'demo') {
    errors.push('SEED: the demo needs IDENTITY_PROVIDER=local; remove SEED or set it to none');
  }
  if (!isLoopbackHost(settings.HOST) && !settings.PUBLIC_URL) {
    errors.push(
      'PUBLIC_URL: required when HOST is not a loopback address, because cookies and origins are bound to it',
    );
  }
  return errors;
}

const SECRET_ALGORITHM = /^HS(256|384|512)$/;
const KEY_PAIR_ALGORITHM = /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/;

// No defaults: a verifier that accepts too much is worse than one that does not start.
function jwtErrors(settings: z.infer<typeof Settings>): string[] {
  const { JWT_JWKS_URL: url, JWT_SECRET: secret, JWT_ALGORITHMS: algorithms } = settings;
  const errors: string[] = [];
  for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'] as const) {
    if (!settings[name]) errors.push(`${name}: required when IDENTITY_PROVIDER is jwt`);
  }
  if (Boolean(url) === Boolean(secret)) errors.push('JWT_JWKS_URL, JWT_SECRET: set exactly one of them');
  const fitting = secret ? SECRET_ALGORITHM : KEY_PAIR_ALGORITHM;
  if (algorithms.length === 0 || algorithms.some((name) => !fitting.test(name))) {
    errors.push(`JWT_ALGORITHMS: required; the algorithms to accept, such as ${secret ? 'HS256' : 'RS256 or ES256'}`);
  }
  if (isUnencrypted(url)) {
    errors.push(
      'JWT_JWKS_URL: must be https, because an attacker who replaces the keys in transit can sign in as any user',
    );
  }
  return errors;
}

/** Without an explicit SEED, the demo with its public password is for one machine only. */
const isPrivateDemo = ({ IDENTITY_PROVIDER, HOST }: z.infer<typeof Settings>) =>
  IDENTITY_PROVIDER === 'local' && isLoopbackHost(HOST);

const isLoopbackHost = (host: string) => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);
const isUnencrypted = (url: string | undefined) =>
  url?.startsWith('http:') === true && !isLoopbackHost(new URL(url).hostname);
