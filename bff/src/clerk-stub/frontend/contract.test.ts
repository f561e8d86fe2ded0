import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { knob } from '../../testing/knobs.ts';
import { readContract } from '../../testing/openapi-contract.ts';
import { createClerkInstance } from '../state/instance.ts';
import { createFrontendApi } from './api.ts';

const FRONTEND = join(knob('CLERK_OPENAPI_DIR'), 'fapi-2026-05-12.yml');
const hasOpenApi = knob('CLERK_OPENAPI_DIR') !== '' && existsSync(FRONTEND);
if (!hasOpenApi) {
  process.stdout.write(
    'contract.test.ts of the Frontend API is skipped: CLERK_OPENAPI_DIR has no fapi-2026-05-12.yml\n',
  );
}

const ORIGIN = 'http://127.0.0.1:3000';
/** Fields of the environment that the SDK's types declare and the OpenAPI file lacks. */
const SDK_ONLY_FIELDS =
  /"(object|id|name|enabled|mfa|preferred_channels|force_organization_selection|organization_creation_defaults)"/;

it.skipIf(!hasOpenApi)("keeps every Frontend API response to Clerk's OpenAPI file", async () => {
  const contract = readContract(FRONTEND);
  const instance = createClerkInstance();
  const ada = instance.createUser({ email: 'ada@example.test', password: 'long enough' });
  const acme = instance.createOrganization({ name: 'Acme', createdBy: ada.id });
  const api = createFrontendApi(instance);
  const cookies = new Map<string, string>();
  const errors: string[] = [];
  const called = new Set<string>();

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
    // The SDK sends POST for every method but GET; `_method` in the query is the intended one.
    const intended = url.searchParams.get('_method') ?? method;
    called.add(`${method} ${shapeOf(contract.templateOf(url.pathname) ?? '')}`);
    const found = contract.responseErrors({ method: intended, path: url.pathname, status: response.status }, body);
    const isEnvironment = url.pathname === '/v1/environment';
    errors.push(
      ...found
        .filter((error) => !(isEnvironment && error.includes('additional') && SDK_ONLY_FIELDS.test(error)))
        .map((error) => `${intended} ${path} ${response.status}: ${error}`),
    );
    return body.response;
  };

  await call('GET', '/v1/environment');
  await call('POST', '/v1/environment?_method=PATCH');
  await call('GET', '/v1/client');
  await call('POST', '/v1/client/sign_ins', { identifier: 'unknown@example.test' });
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

  expect(errors).toEqual([]);
  const served = api.routes
    .map(({ method, path }) => `${method} ${shapeOf(path)}`)
    .filter((route) => !/^ALL|\/npm/.test(route));
  expect(served.filter((route) => !called.has(route))).toEqual([]);
});

/** Replaces the parameters of a path with `*`. */
const shapeOf = (path: string) => path.replace(/:\w+|\{\w+\}/g, '*');
