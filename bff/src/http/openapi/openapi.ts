import type { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import { PROBLEMS } from '../../core/errors.ts';
import type { AppEnv } from '../env.ts';
import { docsPage } from './docs-page.ts';
import { problemResponses } from './responses.ts';

const documentation = {
  openapi: '3.1.0',
  info: {
    title: 'Rolecall',
    version: '1',
    description:
      'Tenants, members, roles, permissions, invitations and the audit log. `x-permission` states what each operation requires: a permission, `anyOf` or `allOf` several, `authenticated`, `api-key` or `public`. `x-field-permissions` states what some of its fields and parameters require besides; with `x-allows-self`, users need no permission to ask about themselves.',
  },
  security: [{ session: [] }, { bearer: [] }],
  components: {
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'rolecall.session_token',
        description:
          'Local mode only. `POST /api/auth/sign-in/email` with `email` and `password` sets the cookie; over https, its name begins with `__Host-`. Every write with it also needs an `Origin` header.',
      },
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      apiKey: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'rck_…',
        description: 'An API key, created in the console',
      },
    },
  },
} as const;

/** Serves the document of all routes, built on first use. It needs no session: it contains no data. */
export function openApi(app: Hono<AppEnv>): void {
  const describe = async () => {
    const components = { ...documentation.components, responses: problemResponses() };
    return generateSpecs(app, { documentation: { ...documentation, components } as object });
  };
  let document: ReturnType<typeof describe> | undefined;
  app.get('/api/openapi.json', async (c) => {
    c.set('operation', 'openapi');
    document ??= describe();
    return c.json(await document);
  });
  app.get('/api/docs', async (c) => {
    c.set('operation', 'openapi');
    document ??= describe();
    return c.html(docsPage(await document, PROBLEMS));
  });
}
