import { AppError } from '../../core/errors.ts';

const MAX_KEY_CHARACTERS = 200;
const IF_MATCH = /^(?:\*|(?:W\/)?"(\d{1,9})")$/;

/** The request headers of writes, as the OpenAPI document describes them. */
export const WRITE_HEADERS = {
  idempotencyKey: {
    in: 'header',
    name: 'Idempotency-Key',
    description: 'A retry with the same key and body returns what the first request created',
    schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_CHARACTERS },
  },
  ifMatch: {
    in: 'header',
    name: 'If-Match',
    description: 'The version that the caller last read, as in `ETag`: a later one refuses the write with 412',
    schema: { type: 'string', pattern: IF_MATCH.source },
  },
} as const;

/** Returns the Idempotency-Key, or null without one. Throws malformed_request for one that is empty or too long. */
export function idempotencyKeyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (header.length === 0 || header.length > MAX_KEY_CHARACTERS) {
    throw new AppError('malformed_request', { detail: `Idempotency-Key takes 1 to ${MAX_KEY_CHARACTERS} characters` });
  }
  return header;
}

/** `If-Match: "7"` -> 7. Throws malformed_request unless it is one version or `*`. */
export function versionOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const match = IF_MATCH.exec(header);
  if (!match) throw new AppError('malformed_request', { detail: 'If-Match takes one version, such as "7"' });
  return match[1] === undefined ? null : Number(match[1]);
}
