import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractChecker } from '../../testing/contract.ts';
import { aStaffMember, aTenant, aUser } from '../../testing/fixtures/builders.ts';
import { type Harness, startHarness } from '../../testing/fixtures/harness.ts';

interface Operation {
  'x-permission': unknown;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { $ref?: string; content?: object }>;
}

let harness: Harness;
let document: { paths: Record<string, Record<string, Operation>>; components: { responses: object } };
beforeAll(async () => {
  harness = await startHarness();
  document = (await harness.anonymous('GET', '/api/openapi.json')).body;
});
afterAll(() => harness.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
  );

describe('the OpenAPI document', () => {
  it('describes every 400 as the problem that is sent', () => {
    expect(operations().length).toBeGreaterThan(70);
    const others = operations().filter(
      ({ operation }) => operation.responses['400']?.$ref !== '#/components/responses/BadRequest',
    );
    expect(others.map(({ name }) => name)).toEqual([]);
    expect(document.components.responses).toMatchObject({
      BadRequest: {
        content: { 'application/problem+json': { schema: { properties: { status: { const: 400 } } } } },
      },
    });
  });

  it('names the headers that writes take', () => {
    const headersOf = (name: string) =>
      operations()
        .find((operation) => operation.name === name)
        ?.operation.parameters?.filter((parameter) => parameter.in === 'header')
        .map((parameter) => parameter.name);
    expect(headersOf('post /api/admin/tenants')).toEqual(['Idempotency-Key']);
    expect(headersOf('patch /api/admin/tenants/{tenantId}')).toEqual(['If-Match']);
    expect(headersOf('get /api/admin/tenants')).toEqual([]);
  });
});

describe('the contract test of the test client', () => {
  const answer = { status: 200, headers: new Headers({ 'content-type': 'application/json', 'x-request-id': 'x' }) };
  const errorsOf = (path: string, response: object, method = 'GET') =>
    contractChecker(document)({ method, path, response: { ...answer, body: {}, ...response } });

  it('finds undocumented bodies, statuses, types, headers and operations', () => {
    const choices = '/api/me/role-choices';
    expect(errorsOf(choices, { body: { choices: [] } })).toEqual([]);
    expect(errorsOf(choices, { body: { choices: 7 } })).toEqual([expect.stringContaining('must be array')]);
    expect(errorsOf(choices, { status: 418 })).toEqual(['undocumented status 418']);
    expect(errorsOf(choices, { status: 500 })).toEqual(['an internal error']);
    const html = new Headers({ 'content-type': 'text/html', etag: '"1"' });
    expect(errorsOf(choices, { headers: html })).toEqual([
      'no header x-request-id',
      'undocumented header etag',
      'undocumented content type "text/html"',
    ]);
    expect(errorsOf(choices, { status: 200 }, 'PUT')).toEqual(['undocumented operation with status 200']);
    expect(errorsOf('/api/castles', { status: 200 })).toEqual(['undocumented operation with status 200']);
  });
});

describe('reads', () => {
  it('reject unknown query parameters, also where they take none', async () => {
    const owner = await aUser(harness);
    await aStaffMember(harness, owner, 'owner');
    const tenant = await aTenant(harness, { owner });
    const answers = await Promise.all(
      operations()
        .filter(({ method }) => method === 'get')
        .map(async ({ name, path }) => {
          const filled = path
            .replace('{tenantId}', tenant.id)
            .replace('{code}', 'courses:create')
            .replaceAll(/\{[^}]+\}/g, () => uuid());
          const { status, body } = await owner.call('GET', `${filled}?castle=1`);
          return `${name}: ${status} ${body.code}`;
        }),
    );
    expect(answers.filter((answer) => !answer.endsWith(': 400 unknown_field'))).toEqual([]);
  });
});
