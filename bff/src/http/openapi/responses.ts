import { STATUS_CODES } from 'node:http';
import { resolver } from 'hono-openapi';
import { z } from 'zod';
import { PROBLEMS, type ProblemCode, type ProblemStatus } from '../../core/errors.ts';
import { Problem } from '../../core/schema.ts';
import { RATE_LIMIT_HEADERS, RETRY_AFTER_HEADER } from '../limits/headers.ts';

const header = (description: string) => ({ schema: { type: 'string' } as const, required: true, description });

/** Headers of every response of the API. */
export const COMMON_HEADERS = {
  'X-Request-Id': header('The id of the request in the logs'),
  ...RATE_LIMIT_HEADERS,
};
/** Of a response that is a resource with a version. */
export const versionHeader = ({ isRequired }: { isRequired: boolean }) => ({
  ETag: { ...header('The version, for `If-Match` of the next write'), required: isRequired },
});

const RETRY_AFTER = { 'Retry-After': { ...RETRY_AFTER_HEADER['Retry-After'], required: true } };
const HEADERS: Partial<Record<ProblemStatus, object>> = {
  401: { 'WWW-Authenticate': header('How to authenticate') },
  405: { Allow: header('The methods of this path') },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

const titleOf = (status: ProblemStatus) => STATUS_CODES[status] ?? String(status);
const nameOf = (status: ProblemStatus) => titleOf(status).replaceAll(/[^A-Za-z]/g, '');

/** The body and the headers of every problem status, for the components of the document. */
export const problemResponses = () => {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code][0]))];
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => PROBLEMS[code][0] === status);
      const schema = Problem.extend({ status: z.literal(status), code: z.enum(ofStatus) });
      return [
        nameOf(status),
        {
          description: titleOf(status),
          headers: { ...COMMON_HEADERS, ...HEADERS[status] },
          content: { 'application/problem+json': { schema: resolver(schema) } },
        },
      ];
    }),
  );
};

/** The same responses of an operation, by reference. */
export const problemReferences = (statuses: readonly ProblemStatus[]) =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]));
