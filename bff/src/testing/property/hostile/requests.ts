import fc from 'fast-check';
import { fromSchema, type JsonSchema, type Pool } from './from-schema.ts';
import { hostileBody, hostileText } from './values.ts';

interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  required?: boolean;
  schema: JsonSchema;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
}

export interface HostileRequest {
  operation: Operation;
  method: string;
  path: string;
  query: string[];
  body: unknown;
  headers: Record<string, string>;
}

/** Requests to an operation: most are nearly right, and the rest is hostile in its address, headers or body. */
export function requestsTo(operation: Operation, pool: Pool, document: object): fc.Arbitrary<HostileRequest> {
  const resolve = (reference: string) =>
    reference
      .slice(2)
      .split('/')
      .reduce((at: unknown, part) => (at as Record<string, unknown>)[part], document) as JsonSchema;
  const source = { pool, resolve };
  const parameters = operation.parameters ?? [];
  const schema = operation.requestBody?.content['application/json'].schema;
  const fitting = schema ? fromSchema(schema, 'body', source) : fc.constant(undefined);
  const body = schema ? fc.oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: hostileBody }) : fitting;
  return fc.record({
    operation: fc.constant(operation),
    method: methodOf(operation),
    path: pathOf(operation, pool),
    query: queryOf(parameters, source),
    body,
    headers: headersOf(parameters),
  });
}

const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>, weight = 20) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare });

function methodOf({ method, operationId }: Operation): fc.Arbitrary<string> {
  const isStream = operationId === 'me.events';
  const others = ['PUT', 'POST', 'DELETE', 'PATCH', ...(method === 'GET' && !isStream ? ['HEAD'] : [])];
  return mostly(fc.constant(method), fc.constantFrom(...others), 30);
}

/** Text as one segment of a path. URLs resolve `.` and `..` before they are sent. */
const segment = (text: unknown) => encodeURIComponent(String(text).toWellFormed()).replace(/^\.{0,2}$/, '-');

function pathOf({ path }: Operation, pool: Pool): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (!name) return fc.constant(part);
    const known = pool(name) ?? fc.constantFrom('1', '2', 'unknown');
    return mostly(known.map(segment), fc.oneof(hostileText.map(segment), fc.constantFrom('%FF', '%00', '%', '%C3%28')));
  });
  return fc.tuple(...parts).map((all) => all.join('/'));
}

function queryOf(parameters: Parameter[], source: Parameters<typeof fromSchema>[2]): fc.Arbitrary<string[]> {
  const known = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, required, schema }) => {
      const value = mostly(fromSchema(schema, name, source), hostileText).map(
        (of) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(of).toWellFormed())}`,
      );
      return required
        ? value.map((one) => [one])
        : fc.oneof(
            fc.constant([]),
            fc.constant([]),
            value.map((one) => [one]),
          );
    });
  const odd = fc.constantFrom(
    'limit=%FF',
    'castle=1',
    'limit=1&limit=2',
    '%',
    'dryRun=true',
    'dryRun=TRUE',
    'cursor=a.b',
    '__proto__=1',
    '[]=1',
    '&&',
    '=',
  );
  const extra = mostly(
    fc.constant<string[]>([]),
    odd.map((one) => [one]),
    8,
  );
  return fc.tuple(...known, extra).map((all) => all.flat());
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const HEADERS: Record<string, string[]> = {
  'if-match': ['"1"', '"2"', '*', 'W/"1"', '1', '"99999999999"', '""', '"1", "2"'],
  'idempotency-key': ['one', 'k'.repeat(200), 'k'.repeat(201), '', 'é'],
  'content-type': ['application/json; charset=latin1', 'text/plain', 'application/json,', 'APPLICATION/JSON', ''],
  origin: ['https://evil.test', 'null', ''],
  accept: ['text/html', 'application/xml'],
  'accept-language': ['fr', 'x'.repeat(300)],
  'x-forwarded-for': ['203.0.113.7:51234', '[::1]:1', ', ,', 'x'],
  'user-agent': ['', 'ü'.repeat(500)],
};

function headersOf(parameters: Parameter[]): fc.Arbitrary<Record<string, string>> {
  const likely = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name.toLowerCase());
  const all = Object.entries(HEADERS).map(([name, values]) => {
    const value = fc.constantFrom(...values).map((text) => ({ [name]: text }));
    return mostly(fc.constant({}), value, likely.includes(name) ? 6 : 100);
  });
  return fc.tuple(...all).map((parts) => Object.assign({}, ...parts));
}
