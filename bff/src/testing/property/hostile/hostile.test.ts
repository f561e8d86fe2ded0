import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { printLine } from '../../../core/print-line.ts';
import type { TestResponse } from '../../fixtures/harness.ts';
import { type Harness, startHarness } from '../../fixtures/harness.ts';
import { knob } from '../../knobs.ts';
import { type HostileActor, type HostileFixture, hostileFixture, hostileUsers } from './fixture.ts';
import { type HostileRequest, type Operation, requestsTo } from './requests.ts';

const REQUESTS = knob('TEST_HOSTILE_REQUESTS');
const SEED = knob('TEST_HOSTILE_SEED');
/** Requests to one fixture: later ones would find little of it. */
const PER_FIXTURE = 500;
const CONCURRENCY = 4;
const MOST_FAILURES = 20;

type Required = string | { anyOf?: string[]; allOf?: string[] };
interface Documented extends Operation {
  'x-permission': Required;
  'x-field-permissions'?: Record<string, Required>;
  'x-allows-self'?: true;
}

let harness: Harness;
let document: { paths: Record<string, Record<string, Documented>> };
let operations: Documented[];
beforeAll(async () => {
  harness = await startHarness({ CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0' });
  document = (await harness.anonymous('GET', '/api/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  );
});
afterAll(() => harness.close());

const permissionsIn = (required: Required): string[] =>
  typeof required === 'string' ? [required] : (required.anyOf ?? required.allOf ?? []);

/** What the document says of permissions, compared with what happened. */
function permissionErrors(
  { operation, path, query, body, method }: HostileRequest,
  { held }: HostileActor,
  { status, body: answer }: TestResponse,
  { tenantId }: HostileFixture,
): string[] {
  const documented = operation as Documented;
  if (method !== documented.method || !documented.path.includes('{tenantId}')) return [];
  const given = new Set([...Object.keys(Object(body)), ...query.map((one) => one.split('=')[0] ?? '')]);
  const ofFields = Object.entries(documented['x-field-permissions'] ?? {}).filter(([field]) => given.has(field));
  const required = documented['x-permission'];
  const named = [required, ...ofFields.map(([, permission]) => permission)].flatMap(permissionsIn);
  // A version may be one that others may assign, which its number does not show.
  const isRestore = documented.operationId === 'role.restore' && answer?.permission === 'roles:assign';
  if (answer?.code === 'permission_denied' && !named.includes(answer.permission) && !isRestore)
    return [`requires the undocumented permission ${answer.permission}`];
  if (!held || !path.toLowerCase().includes(tenantId) || documented['x-allows-self']) return [];
  const all = permissionsIn(required);
  const isSufficient =
    typeof required === 'object' && required.allOf
      ? all.every((one) => held.has(one))
      : all.some((one) => held.has(one));
  if (status < 300 && !isSufficient) return [`allowed with ${[...held]} only`];
  if (answer?.code === 'permission_denied' && isSufficient && ofFields.length === 0 && !isRestore)
    return [`refused although ${[...held]} is all that is documented`];
  return [];
}

/** Most requests come from callers who may make them. */
function suitable(operation: Documented, actor: HostileActor, { apiKey, staff }: HostileFixture): HostileActor {
  if (operation['x-permission'] === 'api-key' && actor.held === null) return apiKey;
  return actor.name === 'owner' && !operation.path.includes('{tenantId}') ? staff : actor;
}

/** Whether another request has changed what the member holds. */
async function hasChanged({ call, held }: HostileActor, { tenantId }: HostileFixture): Promise<boolean> {
  if (!held) return false;
  const { memberships } = (await call('GET', '/api/me')).body;
  const here = memberships.find((one: { tenantId: string }) => one.tenantId === tenantId);
  return JSON.stringify(here?.permissions) !== JSON.stringify([...held]);
}

async function send(request: HostileRequest, actor: HostileActor, fixture: HostileFixture): Promise<string[]> {
  const { method, path, query, headers, body } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const address = query.length > 0 ? `${path}?${query.join('&')}` : path;
  const latin1 = Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, Buffer.from(text).toString('latin1')]),
  );
  try {
    const answer = await actor.call(method, address, hasBody ? body : undefined, latin1);
    const found = permissionErrors(request, actor, answer, fixture);
    const errors = found.length > 0 && (await hasChanged(actor, fixture)) ? [] : found;
    if (answer.status >= 500) errors.push(`status ${answer.status}`);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    return errors;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

const statuses = new Map<number, number>();

it(`answers ${REQUESTS} hostile requests as documented`, { timeout: 120_000 + REQUESTS * 200 }, async () => {
  const failures: string[] = [];
  const reached = new Set<string>();
  const users = await hostileUsers(harness);
  for (let sent = 0; sent < REQUESTS && failures.length < MOST_FAILURES; sent += PER_FIXTURE) {
    const fixture = await hostileFixture(harness, users);
    const count = Math.min(PER_FIXTURE, REQUESTS - sent);
    const arbitrary = fc.tuple(
      fc.oneof(...operations.map((operation) => requestsTo(operation, fixture.pool, document))),
      fc.constantFrom(...fixture.actors),
    );
    const cases = fc.sample(arbitrary, { numRuns: count, seed: SEED + sent }).values();
    const worker = async () => {
      for (const [request, anyActor] of cases) {
        const { operation, ...sent } = request;
        reached.add(operation.operationId);
        const actor = suitable(operation as Documented, anyActor, fixture);
        const errors = await send(request, actor, fixture);
        if (errors.length > 0)
          failures.push(`${actor.name}: ${JSON.stringify(sent).slice(0, 600)}: ${errors.join('; ')}`);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    if ((sent + count) % 5_000 === 0) printLine(`${sent + count} requests: ${JSON.stringify([...statuses].sort())}`);
  }
  expect(failures, `seed ${SEED}`).toEqual([]);
  if (REQUESTS >= 1_000) expect(operations.filter(({ operationId }) => !reached.has(operationId))).toEqual([]);
});
