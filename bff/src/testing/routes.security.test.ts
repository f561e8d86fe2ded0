import { generateSpecs } from 'hono-openapi';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_PERMISSIONS } from '../access/permissions.ts';
import { createApp } from '../app.ts';
import { aMember, aTenant, aUser, type TestTenant, type TestUser } from './fixtures/builders.ts';
import { type Harness, startHarness } from './fixtures/harness.ts';

/** An operation of the server's OpenAPI document, so that every new route is tested. */
interface Operation {
  method: string;
  path: string;
  /** Those that suffice or are all needed; `authenticated`, `api-key` or `public`. */
  permissions: string[];
}

const permissionsOf = (required: string | { anyOf?: string[]; allOf?: string[] } = '') =>
  typeof required === 'string' ? [required] : (required.anyOf ?? required.allOf ?? []);

let harness: Harness;
let operations: Operation[];
let tenant: TestTenant;
let outsider: TestUser;
let member: TestUser;

beforeAll(async () => {
  harness = await startHarness();
  const document = await generateSpecs(createApp(harness.services));
  operations = Object.entries(
    document.paths as Record<
      string,
      Record<string, { 'x-permission'?: string | { anyOf?: string[]; allOf?: string[] } }>
    >,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      permissions: permissionsOf(operation['x-permission']),
    })),
  );
  const owner = await aUser(harness);
  tenant = await aTenant(harness, { owner });
  outsider = await aUser(harness);
  await aTenant(harness, { owner: outsider });
  member = await aUser(harness);
  await aMember(harness, tenant, member, 'member');
  const roles = await harness.services.db.platform.membershipRole.findMany({ where: { userId: member.id } });
  expect(roles).toHaveLength(1);
});
afterAll(() => harness.close());

const pathFor = ({ path }: Operation, tenantId: string) =>
  path
    .replace('{tenantId}', tenantId)
    .replace('{code}', 'courses:create')
    .replaceAll(/\{[^}]+\}/g, () => uuid());
const send = (user: TestUser | null, operation: Operation, tenantId: string) => {
  const call = user?.call ?? harness.anonymous;
  return call(operation.method, pathFor(operation, tenantId), operation.method === 'GET' ? undefined : {});
};
const keyRoutes = () => operations.filter(({ permissions }) => permissions[0] === 'api-key');
const guardedRoutes = () => operations.filter(({ permissions }) => permissions[0] !== 'public');
const tenantRoutes = () => guardedRoutes().filter(({ path }) => path.includes('{tenantId}'));
const describeResponse = ({ method, path }: Operation, response: unknown) =>
  `${method} ${path}: ${JSON.stringify(response)}`;

describe('every route', () => {
  it('declares a known permission, authenticated, api-key or public', () => {
    const known = new Set([...Object.keys(SYSTEM_PERMISSIONS), 'authenticated', 'api-key', 'public']);
    expect(operations.length).toBeGreaterThan(25);
    expect(operations.filter(({ permissions }) => !permissions.every((one) => known.has(one)))).toEqual([]);
  });

  it('is public only where listed', () => {
    const open = operations
      .filter(({ permissions }) => permissions[0] === 'public')
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual(['GET /api/invitations/{token}', 'GET /api/session-info', 'POST /api/webhooks/clerk']);
  });

  it('requires authentication', async () => {
    for (const operation of guardedRoutes()) {
      const response = await send(null, operation, tenant.id);
      expect(response.status, describeResponse(operation, response)).toBe(401);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('rejects a session where an API key is required', async () => {
    expect(keyRoutes().map(({ path }) => path)).toEqual(['/api/access/check']);
    for (const operation of keyRoutes()) {
      const response = await send(member, operation, tenant.id);
      expect(response.status, describeResponse(operation, response)).toBe(401);
      expect(response.body.code).toBe('api_key_invalid');
    }
  });

  it('answers for another tenant as for one that does not exist', async () => {
    for (const operation of tenantRoutes()) {
      const foreign = await send(outsider, operation, tenant.id);
      const unknown = await send(outsider, operation, uuid());
      expect(foreign.status, describeResponse(operation, foreign)).toBe(404);
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    }
  });

  it('names the permission that the member lacks', async () => {
    const held = new Set(['tenant:read', 'members:read', 'roles:read', 'authenticated', 'api-key']);
    for (const operation of guardedRoutes().filter(({ permissions }) => !held.has(permissions[0] ?? ''))) {
      const response = await send(member, operation, tenant.id);
      expect(response.status, describeResponse(operation, response)).toBe(403);
      expect(response.body).toMatchObject({ code: 'permission_denied', permission: operation.permissions[0] });
    }
  });

  it('rejects a cookie from another origin, or from none', async () => {
    for (const origin of ['https://evil.test', 'null', '']) {
      const response = await member.call(
        'POST',
        '/api/admin/permissions',
        { code: 'a:b', description: 'c' },
        { origin },
      );
      expect(response.body.code).toBe('origin_refused');
    }
  });
});
