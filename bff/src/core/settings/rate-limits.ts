import { z } from 'zod';
import { flag } from './values.ts';

const atLeastOne = z.coerce.number().int().min(1).max(1_000_000);

/** The settings of all limits; bff/CONFIGURATION.md describes them. */
export const RateLimitSettings = z.object({
  RATE_LIMITS: flag.default(true),
  RATE_LIMIT_ADDRESS: atLeastOne.default(1_200),
  RATE_LIMIT_ACTOR: atLeastOne.default(6_000),
  RATE_LIMIT_TENANT: atLeastOne.default(60_000),
  RATE_LIMIT_API_KEY: atLeastOne.default(60_000),
  RATE_LIMIT_SIGN_INS: atLeastOne.default(10),
  RATE_LIMIT_MAILS: atLeastOne.default(5),
  RATE_LIMIT_INVITATIONS: atLeastOne.default(1_000),
});

export interface RateLimitConfig {
  isOn: boolean;
  address: number;
  actor: number;
  tenant: number;
  apiKey: number;
  signIns: number;
  mails: number;
  invitations: number;
}

export const rateLimitConfig = (settings: z.infer<typeof RateLimitSettings>): RateLimitConfig => ({
  isOn: settings.RATE_LIMITS,
  address: settings.RATE_LIMIT_ADDRESS,
  actor: settings.RATE_LIMIT_ACTOR,
  tenant: settings.RATE_LIMIT_TENANT,
  apiKey: settings.RATE_LIMIT_API_KEY,
  signIns: settings.RATE_LIMIT_SIGN_INS,
  mails: settings.RATE_LIMIT_MAILS,
  invitations: settings.RATE_LIMIT_INVITATIONS,
});
