import { FIRST_SERVER_ERROR } from '../core/errors.ts';
import { contractOf } from './openapi-contract.ts';

export interface Exchange {
  method: string;
  path: string;
  response: { status: number; headers: Headers; body: unknown };
}

/** Headers that clients act on: each is documented where it is sent. */
const OF_THE_API =
  /^(allow|deprecation|etag|link|location|(x-)?ratelimit.*|retry-after|sunset|www-authenticate|x-request-id)$/;
/** Paths that are no operations of the document: the identity provider's own, and the document itself. */
const OUTSIDE = /^\/api\/(auth\/|__clerk|openapi\.json|docs)/;

/** Returns a function that lists how an answer deviates from the OpenAPI document. */
export function contractChecker(document: object): (exchange: Exchange) => string[] {
  const contract = contractOf(document as Record<string, unknown>);
  return ({ method, path, response: { status, headers, body } }) => {
    const call = { method: method === 'HEAD' ? 'GET' : method, path: path.split('?')[0] ?? path, status };
    if (!call.path.startsWith('/api/') || OUTSIDE.test(call.path)) return [];
    if (status === FIRST_SERVER_ERROR) return ['an internal error'];
    if (!contract.operationOf(call)) return unknownOperation(contract.templateOf(call.path) !== null, status, headers);
    const documented = contract.responseOf(call);
    if (!documented) return [`undocumented status ${status}`];
    return [
      ...headerErrors(documented.headers ?? {}, headers),
      ...(method === 'HEAD' ? [] : bodyErrors(documented.content ?? {}, call, headers, body)),
    ];
  };

  function bodyErrors(
    content: Record<string, { schema?: object }>,
    call: { method: string; path: string; status: number },
    headers: Headers,
    body: unknown,
  ): string[] {
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (Object.keys(content).length === 0) return body === '' ? [] : ['a body where none is documented'];
    if (!content[type]) return [`undocumented content type "${type}"`];
    return content[type].schema ? contract.responseErrors({ ...call, type }, body) : [];
  }
}

function headerErrors(documented: Record<string, { required?: boolean }>, headers: Headers): string[] {
  const names = new Map(Object.entries(documented).map(([name, { required }]) => [name.toLowerCase(), required]));
  const missing = [...names].filter(([name, required]) => required && !headers.has(name));
  const undocumented = [...headers.keys()].filter((name) => OF_THE_API.test(name) && !names.has(name));
  return [
    ...missing.map(([name]) => `no header ${name}`),
    ...undocumented.map((name) => `undocumented header ${name}`),
  ];
}

/** What is not in the document is not found, or not with this method; an address that is no UTF-8 is malformed anywhere. */
function unknownOperation(isKnownPath: boolean, status: number, headers: Headers): string[] {
  const allow = headers.get('allow');
  if (status === 400 || (isKnownPath ? status === 405 && allow : status === 404 || status === 405)) return [];
  return [`undocumented operation with status ${status}`];
}
