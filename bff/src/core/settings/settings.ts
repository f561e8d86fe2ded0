import { z } from 'zod';
import { SLUG } from '../text/slug.ts';
import { publishableKey } from './publishable-key.ts';
import { RateLimitSettings } from './rate-limits.ts';
import {
  databaseUrl,
  flag,
  host,
  list,
  networks,
  origin,
  origins,
  pictureHosts,
  port,
  secret,
  secretKey,
  smtpUrl,
  webhookSecret,
  webUrl,
} from './values.ts';

/** Every setting; bff/CONFIGURATION.md describes them. */
export const Settings = z.object({
  PORT: port.default(3000),
  HOST: host.default('127.0.0.1'),
  PUBLIC_URL: origin.optional(),
  DATA_DIR: z.string().default('.data'),
  SECRET_KEY: secret.optional(),
  SECRET_KEY_PREVIOUS: secret.optional(),
  DATABASE_URL: databaseUrl.optional(),
  DIRECT_URL: databaseUrl.optional(),
  DATABASE_LOGIN_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and underscores, at most 40')
    .default('rolecall'),
  IDENTITY_PROVIDER: z.enum(['local', 'clerk', 'jwt']).default('local'),
  SEED: z.enum(['demo', 'none']).optional(),
  DEMO_PASSWORD: z.string().min(8).max(128).default('rolecall-demo'),
  BOOTSTRAP_OWNER: z.string().min(1).optional(),
  DEFAULT_TENANT: z
    .string()
    .min(2)
    .max(63)
    .regex(SLUG, 'must be a tenant slug: lower-case letters and digits, joined by single hyphens')
    .optional(),
  USER_PROVISIONING: z.enum(['webhook', 'first-request']).default('webhook'),
  IMPERSONATED_WRITES: flag.default(false),
  TRUSTED_PROXIES: networks.prefault(''),
  SMTP_URL: smtpUrl.optional(),
  SIGN_UP: flag.default(true),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .regex(/^[!-~]+$/, 'must be ASCII without spaces, such as `openssl rand -hex 24`')
    .optional(),
  ...RateLimitSettings.shape,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CLERK_PUBLISHABLE_KEY: publishableKey.optional(),
  CLERK_SECRET_KEY: secretKey.optional(),
  CLERK_JWT_KEY: z.string().min(1).optional(),
  CLERK_AUTHORIZED_PARTIES: origins.optional(),
  CLERK_WEBHOOK_SIGNING_SECRET: webhookSecret.optional(),
  CLERK_WEBHOOK_SIGNING_SECRET_PREVIOUS: webhookSecret.optional(),
  CLERK_WEBHOOK_SECRET: webhookSecret.optional(),
  CLERK_API_URL: origin.optional(),
  CLERK_FAPI_URL: origin.optional(),
  CLERK_ROLE_SYNC: z.enum(['two-way', 'push', 'pull', 'off']).default('two-way'),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  JWT_JWKS_URL: webUrl.optional(),
  JWT_SECRET: secret.optional(),
  JWT_SECRET_PREVIOUS: secret.optional(),
  JWT_ALGORITHMS: list.default([]),
  JWT_PICTURE_HOSTS: pictureHosts.prefault(''),
  JWT_EMAILS_ARE_VERIFIED: flag.default(false),
  JWT_SIGN_IN_URL: webUrl.optional(),
});
export type Settings = z.infer<typeof Settings>;
