import type { BlockList } from 'node:net';
import { conflicts, quoted } from './settings/conflicts.ts';
import { isLoopbackHost } from './settings/hosts.ts';
import { type RateLimitConfig, rateLimitConfig } from './settings/rate-limits.ts';
import { Settings } from './settings/settings.ts';

export interface Config {
  port: number;
  host: string;
  /** The origin users open; null means the loopback address the server listens on. */
  publicUrl: string | null;
  dataDir: string;
  databaseUrl: string | null;
  /** PostgreSQL itself, where databaseUrl is a pooler in transaction mode. */
  directUrl: string | null;
  /** Begins the names of the logins. */
  loginPrefix: string;
  /** Null: the key in the data folder. */
  secretKey: string | null;
  /** Verifies what it signed before a rotation, as do all previous secrets. */
  secretKeyPrevious: string | null;
  identityProvider: 'local' | 'clerk' | 'jwt';
  seedDemo: boolean;
  /** Only this machine can connect. */
  isLoopback: boolean;
  demoPassword: string;
  bootstrapOwner: string | null;
  /** The slug of the tenant that every user joins; null in a multi-tenant app. */
  defaultTenant: string | null;
  userProvisioning: 'webhook' | 'first-request';
  /** Users who act as another may change data. */
  impersonatedWrites: boolean;
  /** Their X-Forwarded-For is believed. */
  trustedProxies: BlockList;
  smtpUrl: string | null;
  signUp: boolean;
  /** The bearer token of /metrics; null: only programs of this machine may read it. */
  metricsToken: string | null;
  logLevel: string;
  rateLimits: RateLimitConfig;
  clerk: {
    publishableKey: string | null;
    secretKey: string | null;
    jwtKey: string | null;
    authorizedParties: readonly string[] | null;
    /** The current one, and the previous one during a rotation. */
    webhookSecrets: readonly string[];
    apiUrl: string | null;
    /** Clerk's Frontend API behind our own origin; null when browsers call Clerk's host directly. */
    fapiUrl: string | null;
    roleSync: 'two-way' | 'push' | 'pull' | 'off';
  };
  jwt: {
    issuer: string | null;
    audience: string | null;
    jwksUrl: string | null;
    /** The current one, and the previous one during a rotation. */
    secrets: readonly string[];
    algorithms: readonly string[];
    /** Besides the issuer's own. */
    pictureHosts: readonly string[];
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

/** Takes the owner's credentials out of the environment of this process. They are needed while it starts, and by its commands. */
export function forgetDatabaseUrl(): void {
  delete process.env.DATABASE_URL;
  delete process.env.DIRECT_URL;
}

/** The environment of this process with some settings replaced. */
export const environmentWith = (settings: Environment): Environment => ({ ...processEnvironment(), ...settings });

/** Reads the settings; a value is trimmed, and an empty one counts as unset. Throws ConfigError with every error found. */
export function readConfig(environment: Environment = processEnvironment()): Config {
  const present: Environment = {};
  for (const name of Object.keys(Settings.shape)) {
    const value = environment[name]?.trim();
    if (value) present[name] = value;
  }
  const parsed = Settings.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  }
  const settings = parsed.data;
  const errors = [...quoted(present), ...conflicts(settings)];
  if (errors.length > 0) throw new ConfigError(errors);

  return Object.freeze({
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.PUBLIC_URL ?? null,
    dataDir: settings.DATA_DIR,
    databaseUrl: settings.DATABASE_URL ?? null,
    directUrl: settings.DIRECT_URL ?? null,
    loginPrefix: settings.DATABASE_LOGIN_PREFIX,
    secretKey: settings.SECRET_KEY ?? null,
    secretKeyPrevious: settings.SECRET_KEY_PREVIOUS ?? null,
    identityProvider: settings.IDENTITY_PROVIDER,
    seedDemo: (settings.SEED ?? (isPrivateDemo(settings) ? 'demo' : 'none')) === 'demo',
    isLoopback: isLoopbackHost(settings.HOST),
    demoPassword: settings.DEMO_PASSWORD,
    bootstrapOwner: settings.BOOTSTRAP_OWNER ?? null,
    defaultTenant: settings.DEFAULT_TENANT ?? null,
    userProvisioning: settings.USER_PROVISIONING,
    impersonatedWrites: settings.IMPERSONATED_WRITES,
    trustedProxies: settings.TRUSTED_PROXIES,
    smtpUrl: settings.SMTP_URL ?? null,
    signUp: settings.SIGN_UP,
    metricsToken: settings.METRICS_TOKEN ?? null,
    logLevel: settings.LOG_LEVEL,
    rateLimits: rateLimitConfig(settings),
    clerk: clerkSettings(settings),
    jwt: jwtSettings(settings),
  });
}

const clerkSettings = (settings: Settings): Config['clerk'] => ({
  publishableKey: settings.CLERK_PUBLISHABLE_KEY ?? null,
  secretKey: settings.CLERK_SECRET_KEY ?? null,
  jwtKey: settings.CLERK_JWT_KEY?.replaceAll('\\n', '\n') ?? null,
  authorizedParties: settings.CLERK_AUTHORIZED_PARTIES ?? null,
  webhookSecrets: secretsOf(
    settings.CLERK_WEBHOOK_SIGNING_SECRET ?? settings.CLERK_WEBHOOK_SECRET,
    settings.CLERK_WEBHOOK_SIGNING_SECRET_PREVIOUS,
  ),
  apiUrl: settings.CLERK_API_URL ?? null,
  fapiUrl: settings.CLERK_FAPI_URL ?? null,
  roleSync: settings.CLERK_ROLE_SYNC,
});

const jwtSettings = (settings: Settings): Config['jwt'] => ({
  issuer: settings.JWT_ISSUER ?? null,
  audience: settings.JWT_AUDIENCE ?? null,
  jwksUrl: settings.JWT_JWKS_URL ?? null,
  secrets: secretsOf(settings.JWT_SECRET, settings.JWT_SECRET_PREVIOUS),
  algorithms: settings.JWT_ALGORITHMS,
  pictureHosts: settings.JWT_PICTURE_HOSTS,
  emailsAreVerified: settings.JWT_EMAILS_ARE_VERIFIED,
  signInUrl: settings.JWT_SIGN_IN_URL ?? null,
});

/** The current secret, then the previous one. */
const secretsOf = (...secrets: (string | undefined)[]): string[] => secrets.filter((secret) => secret !== undefined);

/** Without an explicit SEED, the demo with its public password is for one machine only. */
const isPrivateDemo = ({ IDENTITY_PROVIDER, HOST }: Settings) => IDENTITY_PROVIDER === 'local' && isLoopbackHost(HOST);
