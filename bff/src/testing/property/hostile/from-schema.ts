import fc from 'fast-check';
import { hostileValue } from './values.ts';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** Known values by the name of a field, parameter or item, so that requests reach what exists. */
export type Pool = (name: string) => fc.Arbitrary<unknown> | undefined;

interface Source {
  pool: Pool;
  /** Resolves `#/components/...`. */
  resolve: (reference: string) => JsonSchema;
}

const DEEPEST = 5;

/** Generates values that mostly fit a schema, with one in sixteen of their parts replaced by a hostile one. */
export function fromSchema(schema: JsonSchema, name: string, source: Source, depth = 0): fc.Arbitrary<unknown> {
  const fitting = fittingValue(schema, name, source, depth);
  return fc.oneof({ weight: 15, arbitrary: fitting }, { weight: 1, arbitrary: hostileValue });
}

function fittingValue(schema: JsonSchema, name: string, source: Source, depth: number): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) return fc.constant(null);
  if (schema.$ref) return fittingValue(source.resolve(schema.$ref), name, source, depth + 1);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (alternatives) {
    const pooled = source.pool(name);
    const each = alternatives.map((one) => fittingValue(one, name, source, depth + 1));
    return pooled ? fc.oneof(pooled, ...each) : fc.oneof(...each);
  }
  return ofType(typeof schema.type === 'string' ? schema.type : schema.type?.[0], schema, name, source, depth);
}

function ofType(type: string | undefined, schema: JsonSchema, name: string, source: Source, depth: number) {
  switch (type) {
    case 'object':
      return objectOf(schema, source, depth);
    case 'array': {
      const item = fromSchema(schema.items ?? {}, name.replace(/s$/, ''), source, depth + 1);
      return fc.array(item, { maxLength: Math.min(schema.maxItems ?? 3, 3) });
    }
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -5), max: Math.min(schema.maximum ?? 100, 500) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return source.pool(name) ?? fc.string({ minLength: 1, maxLength: 12 });
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf(schema: JsonSchema, source: Source, depth: number): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required);
  const known = fc.record(
    Object.fromEntries(fields.map(([field, of]) => [field, fromSchema(of, field, source, depth + 1)])),
    { requiredKeys: fields.map(([field]) => field).filter((field) => required.has(field)) },
  );
  const extra = schema.additionalProperties;
  if (!extra || extra === true) return known;
  const key = source.pool('code') ?? fc.string({ minLength: 1, maxLength: 8 });
  return fc.dictionary(key as fc.Arbitrary<string>, fromSchema(extra, 'value', source, depth + 1), { maxKeys: 3 });
}
