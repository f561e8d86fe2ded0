import type { ActionLimit, RequestLimit } from '../core/limits/rate-limits.ts';
import type { RateLimitConfig } from '../core/settings/rate-limits.ts';

export interface Rule {
  points: number;
  seconds: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** An address or a sender stands for many accounts or recipients. */
const MANY = 10;

export const requestRules = (config: RateLimitConfig): Record<RequestLimit, Rule> => ({
  address: { points: config.address, seconds: MINUTE },
  actor: { points: config.actor, seconds: MINUTE },
  tenant: { points: config.tenant, seconds: MINUTE },
  apiKey: { points: config.apiKey, seconds: MINUTE },
});

export const actionRules = ({ signIns, mails, invitations }: RateLimitConfig): Record<ActionLimit, Rule> => ({
  /** Per account and address. */
  signIn: { points: signIns, seconds: 10 * MINUTE },
  /** Failures per address, over all accounts. */
  signInAddress: { points: MANY * signIns, seconds: 10 * MINUTE },
  /** Failures per account, over all addresses but the familiar ones. NIST SP 800-63B allows 100 in a row. */
  signInAccount: { points: MANY * signIns, seconds: DAY },
  signUp: { points: MANY * signIns, seconds: HOUR },
  /** Per purpose and recipient: the links of a reset are valid for an hour, so that one of them always is. */
  mailRecipient: { points: mails, seconds: HOUR },
  mailSender: { points: MANY * mails, seconds: HOUR },
  invitationRecipient: { points: MANY * mails, seconds: HOUR },
  invitationSender: { points: invitations, seconds: HOUR },
  invitationTenant: { points: 4 * invitations, seconds: DAY },
});
