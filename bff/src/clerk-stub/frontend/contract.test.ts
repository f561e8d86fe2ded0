import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readContract } from '../openapi.ts';
import { createClerkInstance } from '../state/instance.ts';
import { createFrontendApi } from './api.ts';

const FRONTEND = join(process.env.CLERK_OPENAPI_DIR ?? '', 'fapi-2026-05-12.yml');
const isThere = process.env.CLERK_OPENAPI_DIR !== undefined && existsSync(FRONTEND);
if (!isThere) {
  process.stdout.write(
    'frontend-contract.test.ts is skipped: CLERK_OPENAPI_DIR names no folder with fapi-2026-05-12.yml\n',
  );
}

const ORIGIN = 'http://127.0.0.1:3000';
/** What Clerk's browser SDK declares in its types for the environment, and the file does not have. */
const ONLY_THE_SDK_KNOWS =
  /"(object|id|name|enabled|mfa|preferred_channels|force_organization_selection|organization_creation_defaults)"/;

it.skipIf(!isThere)("every answer of the Frontend API keeps to Clerk's own OpenAPI file", async () => {
  const contract = readContract(FRONTEND);
  const instance = createClerkInstance();
  const ada = instance.createUser({ email: 'ada@example.test', password: 'long enough' });
  const acme = instance.createOrganization({ name: 'Acme', createdBy: ada.id });
  const api = createFrontendApi(instance);
  const cookies = new Map<string, string>();
  const faults: string[] = [];
  const asked = new Set<string>();

  const call = async (method: string, path: string, form: Record<string, string> = {}) => {
    const url = new URL(path, ORIGIN);
    const response = await api.request(url.href, {
      method,
      headers: { origin: ORIGIN, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(method === 'GET' ? {} : { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const body = (await response.json()) as { response: { id: string; created_session_id: string } };
    // The SDK sends POST for every verb but GET, and says in the query what it means.
    const meant = url.searchParams.get('_method') ?? method;
    asked.add(`${method} ${shapeOf(contract.templateOf(url.pathname) ?? '')}`);
    const found = contract.faultsOfAnswer({ method: meant, path: url.pathname, status: response.status }, body);
    const isEnvironment = url.pathname === '/v1/environment';
    faults.push(
      ...found
        .filter((fault) => !(isEnvironment && fault.includes('additional') && ONLY_THE_SDK_KNOWS.test(fault)))
        .map((fault) => `${meant} ${path} ${response.status}: ${fault}`),
    );
    return body.response;
  };

  await call('GET', '/v1/environment');
  await call('POST', '/v1/environment?_method=PATCH');
  await call('GET', '/v1/client');
  await call('POST', '/v1/client/sign_ins', { identifier: 'nobody@example.test' });
  await call('POST', '/v1/client/sign_ins', {
    identifier: 'ada@example.test',
    strategy: 'password',
    password: 'wrong',
  });
  const { id } = await call('POST', '/v1/client/sign_ins', { identifier: 'ada@example.test' });
  await call('GET', `/v1/client/sign_ins/${id}`);
  await call('POST', `/v1/client/sign_ins/${id}/prepare_first_factor`, { strategy: 'password' });
  const password = { strategy: 'password', password: 'long enough' };
  const signedIn = await call('POST', `/v1/client/sign_ins/${id}/attempt_first_factor`, password);
  const session = signedIn.created_session_id;
  await call('GET', '/v1/client');
  await call('POST', `/v1/client/sessions/${session}/touch`, { active_organization_id: acme.id });
  await call('POST', `/v1/client/sessions/${session}/tokens`, { organization_id: acme.id });

  const own = (path: string) => `/v1/me${path}?_clerk_session_id=${session}`;
  await call('GET', own(''));
  await call('POST', `${own('')}&_method=PATCH`, { first_name: 'Ada' });
  await call('POST', own('/change_password'), { current_password: 'long enough', new_password: 'longer than that' });
  for (const list of ['memberships', 'invitations', 'suggestions']) await call('GET', own(`/organization_${list}`));
  await call('GET', own('/sessions/active'));
  const other = instance.createSession(ada.id);
  await call('POST', own(`/sessions/${other.id}/revoke`));
  await call('POST', `/v1/client/sessions/${session}/remove`);
  await call('POST', '/v1/client/sign_ups', { email_address: 'bob@example.test', password: 'long enough' });
  await call('POST', '/v1/client/sessions?_method=DELETE');
  await call('GET', '/.well-known/jwks.json');

  expect(faults).toEqual([]);
  const served = api.routes
    .map(({ method, path }) => `${method} ${shapeOf(path)}`)
    .filter((route) => !/^ALL|\/npm/.test(route));
  expect(served.filter((route) => !asked.has(route))).toEqual([]);
});

/** A path with its parameters made alike. */
const shapeOf = (path: string) => path.replace(/:\w+|\{\w+\}/g, '*');
