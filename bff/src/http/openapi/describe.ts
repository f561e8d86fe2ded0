import { resolver } from 'hono-openapi';
import { z } from 'zod';
import { PROBLEMS, type ProblemCode, type ProblemStatus, SUCCESS } from '../../core/errors.ts';
import { Effect } from '../../core/schema.ts';
import type { Access } from '../guard/access.ts';
import { WRITE_HEADERS } from '../input/write-headers.ts';
import { COMMON_HEADERS, problemReferences, versionHeader } from './responses.ts';

interface Described {
  method: string;
  path: string;
  operation: string;
  summary: string;
  access: Access;
  success: keyof typeof SUCCESS;
  response: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  previews?: true | undefined;
  problems?: readonly ProblemCode[] | undefined;
}

/** Returns the OpenAPI description of an operation: all but the parameters and the body that its validators describe. */
export const describeOperation = (spec: Described) => ({
  ...describeAccess(spec),
  parameters: writeHeaders(spec),
  responses: { ...successes(spec), ...problemReferences(problemStatuses(spec)) },
});

/** The part that operations and event streams share. */
export const describeAccess = ({
  operation,
  summary,
  access,
}: Pick<Described, 'operation' | 'summary' | 'access'>) => ({
  operationId: operation,
  summary,
  tags: [operation.split('.')[0] ?? operation],
  ...permissionsOf(access),
  ...(access.kind === 'public' ? { security: [] } : {}),
  ...(access.kind === 'api-key' ? { security: [{ apiKey: [] }] } : {}),
});

/** As text, or as `anyOf` or `allOf` a list. */
function permissionsOf(access: Access): object {
  if (!('permission' in access)) return { 'x-permission': access.kind };
  const { permission, fields = {} } = access;
  return {
    'x-permission': permission,
    ...('allowsSelf' in access ? { 'x-allows-self': true } : {}),
    ...(Object.keys(fields).length > 0 ? { 'x-field-permissions': fields } : {}),
  };
}

const isSignedIn = ({ kind }: Access) => kind !== 'public' && kind !== 'api-key';
const isWrite = ({ method, access }: Pick<Described, 'method' | 'access'>) => method !== 'get' && isSignedIn(access);

/** The statuses of the problems that an operation may answer with. */
export function problemStatuses(spec: Pick<Described, 'method' | 'path' | 'access' | 'body' | 'problems'>) {
  const { access, path, body, problems = [] } = spec;
  const statuses: ProblemStatus[] = [400, 429, 500, 503, ...problems.map((code) => PROBLEMS[code][0])];
  if (access.kind !== 'public') statuses.push(401);
  if (isSignedIn(access)) statuses.push(403);
  if (path.includes(':')) statuses.push(404);
  if (isWrite(spec)) statuses.push(409, 412);
  if (body) statuses.push(413, 415, 422);
  return [...new Set(statuses)].sort((a, b) => a - b);
}

function writeHeaders(spec: Described) {
  if (!isWrite(spec)) return [];
  return [spec.success === 'created' ? WRITE_HEADERS.idempotencyKey : WRITE_HEADERS.ifMatch];
}

function successes({ success, response, previews }: Described) {
  const status = SUCCESS[success];
  const of = (schema: z.ZodType, headers: object = {}) => ({
    description: 'Success',
    headers: { ...COMMON_HEADERS, ...headers },
    content: { 'application/json': { schema: resolver(schema) } },
  });
  const preview = previews ? { [SUCCESS.ok]: of(Effect) } : {};
  if (!response) return { ...preview, [status]: { description: 'Success', headers: COMMON_HEADERS } };
  const hasVersion = response instanceof z.ZodObject && response.shape.version instanceof z.ZodNumber;
  const isOneOfTwo = previews === true && success === 'ok';
  const headers = hasVersion ? versionHeader({ isRequired: !isOneOfTwo }) : {};
  return { ...preview, [status]: of(isOneOfTwo ? z.union([response, Effect]) : response, headers) };
}
