import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Every way a request can fail: the status it answers and what a person may read about it. */
export const PROBLEMS = {
  malformed_request: [400, 'The request could not be read'],
  unknown_field: [400, 'The request names something this operation does not know'],
  invalid_cursor: [400, 'This cursor belongs to another list or is damaged'],
  webhook_not_verified: [400, 'The webhook is not signed by the provider'],
  not_signed_in: [401, 'Sign in first'],
  api_key_invalid: [401, 'This needs a valid API key'],
  account_not_here: [403, 'Your account is not here yet'],
  account_disabled: [403, 'Your account is disabled'],
  permission_denied: [403, 'You are not allowed to do this'],
  tenant_suspended: [403, 'This tenant is suspended'],
  membership_suspended: [403, 'Your membership is suspended'],
  grant_exceeds_own: [403, 'You cannot give a permission that you do not hold yourself'],
  invitation_other_email: [403, 'This invitation is for another address'],
  email_not_verified: [403, 'Verify your e-mail address first'],
  origin_refused: [403, 'The request comes from another site'],
  not_found: [404, 'There is no such thing here'],
  method_not_allowed: [405, 'This path does not answer that method'],
  conflict: [409, 'This contradicts what is stored'],
  already_a_member: [409, 'This person is a member already'],
  email_already_invited: [409, 'This address has an open invitation already'],
  slug_taken: [409, 'This address is taken'],
  role_key_taken: [409, 'There is a role of this key already'],
  role_in_use: [409, 'Members or roles still depend on this role'],
  role_is_system: [409, 'System roles cannot be changed'],
  role_cycle: [409, 'A role cannot inherit from itself'],
  no_default_tenant: [409, 'No tenant is set as the one that everybody belongs to (DEFAULT_TENANT)'],
  not_a_member: [409, 'This person does not belong to that tenant'],
  role_already_chosen: [409, 'A role has been chosen already'],
  permission_exists: [409, 'There is a permission of this code already'],
  permission_in_use: [409, 'Roles still carry this permission'],
  last_owner: [409, 'A tenant keeps at least one active owner'],
  invitation_closed: [409, 'This invitation is no longer open'],
  inviter_lost_right: [409, 'The inviter may no longer give these roles'],
  sync_running: [409, 'Another run is comparing our copy with the provider'],
  sync_not_running: [409, 'This run is not running'],
  no_directory: [409, 'The identity provider has no list of people that we could ask'],
  idempotency_key_reused: [409, 'This idempotency key was used for another request'],
  stale_version: [412, 'Somebody changed this in the meantime'],
  too_large: [413, 'The request is too large'],
  unsupported_media_type: [415, 'Send application/json'],
  validation_failed: [422, 'Some fields need another value'],
  rate_limited: [429, 'Too many requests'],
  internal_error: [500, 'Something went wrong on our side'],
  webhooks_not_configured: [503, 'No webhook signing secret is configured'],
  unavailable: [503, 'The database cannot be reached'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemDetails {
  detail?: string;
  /** Field name -> codes or messages. */
  errors?: Record<string, string[]>;
  permission?: string;
  current?: unknown;
  usage?: { roles: number; members: number; tenants: number };
  retryAfterSeconds?: number;
}

/** A failure that the caller may hear about. Anything else thrown is a 500 that says nothing. */
export class AppError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? PROBLEMS[code][1]);
    this.code = code;
    this.details = details;
  }

  get status(): ContentfulStatusCode {
    return PROBLEMS[this.code][0];
  }
}

/** Refusals that leave a row in the audit log. */
export const DENIALS: ReadonlySet<ProblemCode> = new Set([
  'permission_denied',
  'grant_exceeds_own',
  'tenant_suspended',
  'membership_suspended',
  'account_disabled',
  'invitation_other_email',
  'email_not_verified',
]);

/** RFC 9457. */
export function problemBody(error: AppError, requestId: string) {
  const { retryAfterSeconds: _, ...details } = error.details;
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
export const FIRST_SERVER_FAULT = 500;
