import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An error of Clerk's APIs: `{ errors: [{ code, message, long_message, meta }], clerk_trace_id }`. */
export class ClerkApiError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly meta: Record<string, unknown>;

  constructor(status: ContentfulStatusCode, code: string, message: string, meta: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.meta = meta;
  }

  toJSON() {
    return {
      errors: [{ code: this.code, message: this.message, long_message: this.message, meta: this.meta }],
      clerk_trace_id: '0123456789abcdef0123456789abcdef',
    };
  }
}

export const notFound = (what: string, id: string) =>
  new ClerkApiError(404, 'resource_not_found', `No ${what} was found with id ${id}.`);

export const invalid = (code: string, message: string, parameter: string) =>
  new ClerkApiError(422, code, message, { param_name: parameter });
