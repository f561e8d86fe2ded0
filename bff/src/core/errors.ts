import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Allowance } from './limits/rate-limits.ts';
import type { UnauthenticatedReason } from './schema.ts';

/** Every error code with its HTTP status and title. */
export const PROBLEMS = {
  malformed_request: [400, 'The request could not be read'],
  unknown_field: [400, 'Unknown field or parameter'],
  invalid_cursor: [400, 'This cursor belongs to another list or is damaged'],
  webhook_not_verified: [400, 'Invalid webhook signature'],
  not_signed_in: [401, 'Authentication required'],
  api_key_invalid: [401, 'A valid API key is required'],
  account_not_provisioned: [403, 'Your account has not been synced yet'],
  account_disabled: [403, 'Your account is disabled'],
  permission_denied: [403, 'You are not allowed to do this'],
  tenant_suspended: [403, 'This tenant is suspended'],
  membership_suspended: [403, 'Your membership is suspended'],
  grant_exceeds_own: [403, 'You cannot grant a permission that you do not hold'],
  invitation_other_email: [403, 'This invitation was sent to another e-mail address'],
  email_not_verified: [403, 'Verify your e-mail address first'],
  impersonation_read_only: [403, 'Changes are not allowed while you act as another user'],
  origin_refused: [403, 'The request comes from another site'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  request_timeout: [408, 'The request took too long to arrive'],
  conflict: [409, 'Conflict with the current state'],
  session_user_changed: [409, 'Another user has signed in since this page was loaded'],
  already_a_member: [409, 'This user is already a member'],
  email_already_invited: [409, 'This e-mail address already has a pending invitation'],
  sign_up_refused: [400, 'This sign-up was refused'],
  slug_taken: [409, 'This slug is taken'],
  role_key_taken: [409, 'A role with this key already exists'],
  role_in_use: [409, 'Members or roles still depend on this role'],
  role_is_system: [409, 'System roles cannot be changed'],
  role_cycle: [409, 'A role cannot inherit from itself'],
  no_default_tenant: [409, 'No default tenant is configured (DEFAULT_TENANT)'],
  not_a_member: [409, 'This user is not a member of the tenant'],
  role_already_chosen: [409, 'A role has already been chosen'],
  permission_exists: [409, 'A permission with this code already exists'],
  permission_in_use: [409, 'Roles still grant this permission'],
  last_owner: [409, 'A tenant must keep at least one active owner'],
  invitation_closed: [409, 'This invitation is no longer pending'],
  inviter_permission_lost: [409, 'The inviter can no longer assign these roles'],
  sync_running: [409, 'A sync run is already in progress'],
  sync_not_running: [409, 'This sync run is not in progress'],
  no_directory: [409, 'The identity provider has no user directory'],
  idempotency_key_reused: [409, 'This idempotency key was used for a different request'],
  stale_version: [412, 'This was changed since you loaded it'],
  too_large: [413, 'The request is too large'],
  unsupported_media_type: [415, 'Send application/json'],
  validation_failed: [422, 'Some fields are invalid'],
  rate_limited: [429, 'Too many requests'],
  internal_error: [500, 'Something went wrong on our side'],
  webhooks_not_configured: [503, 'No webhook signing secret is configured'],
  query_timeout: [503, 'This search takes too long: narrow the period or the filters'],
  unavailable: [503, 'The service is temporarily unavailable'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemStatus = (typeof PROBLEMS)[ProblemCode][0];

export interface ProblemDetails {
  detail?: string;
  reason?: UnauthenticatedReason;
  /** Field name -> codes or messages. */
  errors?: Record<string, string[]>;
  permission?: string;
  current?: unknown;
  usage?: { roles: number; members: number; tenants: number };
  retryAfterSeconds?: number;
  /** The limit that was exceeded. */
  allowance?: Allowance;
}

/** A failure whose details the caller may see. Any other exception is a 500 without details. */
export class AppError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
  /** For the log only. */
  readonly explanation: string | undefined;

  constructor(code: ProblemCode, details: ProblemDetails = {}, explanation?: string) {
    super(details.detail ?? PROBLEMS[code][1]);
    this.code = code;
    this.details = details;
    this.explanation = explanation;
  }

  get status(): ContentfulStatusCode {
    return PROBLEMS[this.code][0];
  }
}

/** The caller learns the reason, the log its explanation. */
export const unauthenticated = (reason: UnauthenticatedReason, explanation?: string): AppError =>
  new AppError('not_signed_in', { reason }, explanation);

/** The refusal of a request or an action beyond its limit. */
export const rateLimited = (allowance: Allowance): AppError =>
  new AppError('rate_limited', { retryAfterSeconds: allowance.resetSeconds, allowance });

/** Whether the service refused because of a limit or an outage: the same work may succeed later. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'unavailable' || error.code === 'rate_limited');

/** Errors that are recorded in the audit log as denials. */
export const DENIALS: ReadonlySet<ProblemCode> = new Set([
  'permission_denied',
  'grant_exceeds_own',
  'tenant_suspended',
  'membership_suspended',
  'account_disabled',
  'invitation_other_email',
  'email_not_verified',
  'impersonation_read_only',
]);

/** RFC 9457. */
export function problemBody(error: AppError, requestId: string) {
  const { retryAfterSeconds: _, allowance: __, ...details } = error.details;
  return {
    type: `/api/docs#${error.code}`,
    title: PROBLEMS[error.code][1],
    status: error.status,
    code: error.code,
    ...details,
    requestId,
  };
}

export const SUCCESS = { ok: 200, created: 201, none: 204 } as const;
export const SERVICE_STATUS = { ready: 200, notReady: 503 } as const;
export const FIRST_SERVER_ERROR = 500;
