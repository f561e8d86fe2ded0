import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

type Node = Record<string, unknown>;

interface Operation {
  requestBody?: { content?: Record<string, { schema?: object }> };
  responses?: Record<string, unknown>;
}

export interface Contract {
  /** Returns one line per violation of the response schema. */
  responseErrors(call: { method: string; path: string; status: number }, body: unknown): string[];
  requestErrors(call: { method: string; path: string }, body: unknown): string[];
  eventErrors(type: string, body: unknown): string[];
  /** Returns the path template that a path matches, or null. */
  templateOf(path: string): string | null;
}

/** Reads one of Clerk's OpenAPI files as a validator. */
export function readContract(file: string): Contract {
  const document = toJsonSchema(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 })) as Node;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'clerk');
  const compiled = new Map<string, ValidateFunction>();
  const validationErrors = (pointer: string, body: unknown): string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `clerk#${pointer}` });
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

  const find = ({ method, path }: { method: string; path: string }) => {
    const template = templateOf(path);
    const operation = template === null ? undefined : paths[template]?.[method.toLowerCase()];
    if (template === null || !operation) return null;
    return { operation, pointer: `/paths/${escaped(template)}/${method.toLowerCase()}` };
  };

  return {
    templateOf,
    responseErrors(call, body) {
      const found = find(call);
      if (!found) return [`${call.method} ${call.path} is not in the file`];
      const response = referenceOf(found.operation.responses?.[String(call.status)]);
      if (!response) return [`${call.method} ${call.path} has no response ${call.status}`];
      return validationErrors(
        `${response.pointer ?? `${found.pointer}/responses/${call.status}`}/content/application~1json/schema`,
        body,
      );
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

function referenceOf(response: unknown): { pointer: string | null } | null {
  if (typeof response !== 'object' || response === null) return null;
  const { $ref } = response as { $ref?: string };
  return { pointer: $ref === undefined ? null : $ref.slice(1) };
}

/** Converts `nullable`, and opens closed objects that `allOf` extends, which no value could satisfy. */
function toJsonSchema(document: unknown): unknown {
  const resolve = (node: unknown): unknown => {
    const { $ref } = (node ?? {}) as { $ref?: unknown };
    if (typeof $ref !== 'string') return node;
    return $ref
      .slice(2)
      .split('/')
      .reduce((at: unknown, part) => (at as Node)[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  };
  const open = (node: unknown): unknown => {
    const { additionalProperties, ...rest } = resolve(node) as Node;
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
