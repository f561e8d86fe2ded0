import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Node = Record<string, unknown>;

interface Response {
  content?: Record<string, { schema?: object }>;
  headers?: Record<string, { required?: boolean }>;
}

interface Operation {
  requestBody?: { content?: Record<string, { schema?: object }> };
  responses?: Record<string, Response | { $ref: string }>;
}

interface Call {
  method: string;
  path: string;
}

export interface Contract {
  /** Returns one line per violation of the response schema. */
  responseErrors(call: Call & { status: number; type?: string }, body: unknown): string[];
  requestErrors(call: Call, body: unknown): string[];
  eventErrors(type: string, body: unknown): string[];
  /** Returns the path template that a path matches, or null. */
  templateOf(path: string): string | null;
  /** Returns the operation of a path and method, or null. */
  operationOf(call: Call): Operation | null;
  /** Returns what is documented for a status, or null. */
  responseOf(call: Call & { status: number }): Response | null;
}

/** Reads one of Clerk's OpenAPI files as a validator. */
export const readContract = (file: string): Contract =>
  contractOf(toJsonSchema(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 })) as Node);

/** Returns the validator of an OpenAPI 3.1 document. */
export function contractOf(document: Node): Contract {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validationErrors = (pointer: string, body: unknown): string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };

  const paths = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
  // A literal segment takes precedence over a parameter: /users/count is not a user.
  const templates = Object.keys(paths)
    .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
    .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  const templateOf = (path: string) => templates.find(({ pattern }) => pattern.test(path))?.template ?? null;

  const find = ({ method, path }: Call) => {
    const key = method.toLowerCase();
    const template = templates.find(({ pattern, template }) => pattern.test(path) && paths[template]?.[key])?.template;
    const operation = paths[template ?? '']?.[key];
    return template && operation ? { operation, pointer: `/paths/${escaped(template)}/${key}` } : null;
  };

  const responseAt = (call: Call & { status: number }) => {
    const found = find(call);
    const response = found?.operation.responses?.[String(call.status)];
    if (!found || !response) return null;
    return '$ref' in response
      ? { response: resolve(document, response.$ref) as Response, pointer: response.$ref.slice(1) }
      : { response, pointer: `${found.pointer}/responses/${call.status}` };
  };

  return {
    templateOf,
    operationOf: (call) => find(call)?.operation ?? null,
    responseOf: (call) => responseAt(call)?.response ?? null,
    responseErrors({ type = 'application/json', ...call }, body) {
      const found = responseAt(call);
      if (!found) return [`${call.method} ${call.path} has no response ${call.status}`];
      return validationErrors(`${found.pointer}/content/${escaped(type)}/schema`, body);
    },
    requestErrors(call, body) {
      const found = find(call);
      if (!found?.operation.requestBody) return body === undefined ? [] : [`${call.path} takes no body`];
      return validationErrors(`${found.pointer}/requestBody/content/application~1json/schema`, body ?? {});
    },
    eventErrors(type, body) {
      if (!(document['x-webhooks'] as Node | undefined)?.[type]) return [`unknown event ${type}`];
      return validationErrors(`/x-webhooks/${escaped(type)}/post/requestBody/content/application~1json/schema`, body);
    },
  };
}

const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Returns what a local reference, such as `#/components/schemas/User`, points to. */
const resolve = (document: unknown, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce((at: unknown, part) => (at as Node)[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);

/** Converts `nullable`, and opens closed objects that `allOf` extends, which no value could satisfy. */
function toJsonSchema(document: unknown): unknown {
  const open = (node: unknown): unknown => {
    const { $ref } = (node ?? {}) as { $ref?: unknown };
    const { additionalProperties, ...rest } = (typeof $ref === 'string' ? resolve(document, $ref) : node) as Node;
    return additionalProperties === false
      ? rest
      : { ...rest, ...(additionalProperties === undefined ? {} : { additionalProperties }) };
  };
  const convert = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(convert);
    if (typeof node !== 'object' || node === null) return node;
    const { nullable, example, examples, ...rest } = node as Node;
    if (Array.isArray(rest.allOf) && rest.allOf.length > 1) rest.allOf = rest.allOf.map(open);
    const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, convert(value)]));
    return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
  };
  return convert(document);
}
