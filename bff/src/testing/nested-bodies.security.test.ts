import { generateSpecs } from 'hono-openapi';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { aStaffMember, aTenant, aUser, type TestTenant, type TestUser } from './fixtures/builders.ts';
import { type Harness, startHarness } from './fixtures/harness.ts';

let harness: Harness;
let owner: TestUser;
let tenant: TestTenant;
let key: string;
beforeAll(async () => {
  harness = await startHarness();
  owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  await aStaffMember(harness, owner, 'owner');
  key = (await owner.call('POST', `${tenant.path}/api-keys`, { name: 'app', expiresInDays: 1 })).body.key;
});
afterAll(() => harness.close());

/** Deeper than any stack, and as deep as the limits of the size of a body let through. */
const BODIES = [
  ['arrays', 100_000, (depth: number) => `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`],
  ['arrays', 49_000, (depth: number) => `{"name":${'['.repeat(depth)}${']'.repeat(depth)}}`],
  ['objects', 16_000, (depth: number) => `{"name":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`],
  ['arrays without an end', 90_000, (depth: number) => '['.repeat(depth)],
  ['arrays', 4_900, (depth: number) => `{"email":${'['.repeat(depth)}${']'.repeat(depth)}}`],
] as const;

const AUTH_PATHS = ['sign-in/email', 'sign-up/email', 'change-password', 'request-password-reset'];

async function writingRoutes(): Promise<[method: string, path: string, headers: Record<string, string>][]> {
  const { paths } = await generateSpecs(createApp(harness.services));
  const operations = Object.entries(paths as Record<string, Record<string, { 'x-permission'?: string }>>);
  const routes = operations.flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'get')
      .map(([method, operation]): [string, string, Record<string, string>] => [
        method.toUpperCase(),
        path.replace('{tenantId}', tenant.id).replaceAll(/\{[^}]+\}/g, () => uuid()),
        operation['x-permission'] === 'api-key' ? { authorization: `Bearer ${key}` } : {},
      ]),
  );
  return [
    ...routes,
    ...AUTH_PATHS.map((path): [string, string, object] => ['POST', `/api/auth/${path}`, {}]),
  ] as typeof routes;
}

it.each(BODIES)('every route refuses %s nested %i levels deep', async (_, depth, bodyOf) => {
  const body = bodyOf(depth);
  const routes = await writingRoutes();
  expect(routes.length).toBeGreaterThan(30);
  const failures = [];
  for (const [method, path, headers] of routes) {
    const { status } = await owner.call(method, path, body, headers);
    if (status >= 500 || status === 401) failures.push([method, path, status]);
  }
  expect(failures).toEqual([]);
});
