/** What is left of a limit, for the `RateLimit-*` headers. */
export interface Allowance {
  limit: number;
  windowSeconds: number;
  remaining: number;
  /** Until the window ends. */
  resetSeconds: number;
}

/** Limits of requests, counted in this process; instances add up their counts every second. */
export type RequestLimit = 'address' | 'actor' | 'tenant' | 'apiKey';

/** Limits of single actions, counted in the database. */
export type ActionLimit =
  | 'signIn'
  | 'signInAddress'
  | 'signInAccount'
  | 'signUp'
  | 'mailRecipient'
  | 'mailSender'
  | 'invitationRecipient'
  | 'invitationSender'
  | 'invitationTenant';

/** Limits how often something may happen: see rate-limits/README.md. An outage of the database makes each process count alone. */
export interface RateLimits {
  /** Counts one request. Throws rate_limited. Null when limits are off. */
  countRequest(limit: RequestLimit, key: string): Promise<Allowance | null>;
  /** Returns what is left without counting a request; null when this process has counted none in the current window. */
  allowance(limit: RequestLimit, key: string): Promise<Allowance | null>;
  /** Counts one action before it happens. Throws rate_limited. */
  consume(limit: ActionLimit, key: string): Promise<void>;
  /** Counts one action that has happened. */
  count(limit: ActionLimit, key: string): Promise<void>;
  /** Throws rate_limited if more actions were counted than allowed. */
  check(limit: ActionLimit, key: string): Promise<void>;
  /** Throws rate_limited if this process knows already that the limit is exceeded: costs no statement. */
  refuseExceeded(limit: ActionLimit, key: string): void;
  /** Subtracts one action that did not happen. */
  refund(limit: ActionLimit, key: string): Promise<void>;
  reset(limit: ActionLimit, key: string): Promise<void>;
  /** Records for 90 days that this is an address from which the account signs in. */
  recordFamiliar(account: string, address: string): Promise<void>;
  isFamiliar(account: string, address: string): Promise<boolean>;
  /** Adds the counts of requests to those of the other instances. */
  share(): Promise<void>;
  close(): void;
}
