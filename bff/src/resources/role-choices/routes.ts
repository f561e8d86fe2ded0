import type { Hono } from 'hono';
import type { AppEnv } from '../../http/env.ts';
import { route, signedIn } from '../../http/route.ts';
import { chooseRole } from './changes.ts';
import { listRoleChoices } from './queries.ts';
import { RoleChoice, RoleChoices } from './schema.ts';

export function roleChoiceRoutes(app: Hono<AppEnv>): void {
  route(app, {
    method: 'get',
    path: '/api/me/role-choices',
    operation: 'role-choice.list',
    summary: 'List the self-assignable roles of the caller',
    access: signedIn,
    success: 'ok',
    response: RoleChoices,
    handle: ({ context }) => listRoleChoices(context),
  });
  route(app, {
    method: 'post',
    path: '/api/me/role-choice',
    operation: 'role-choice.choose',
    summary: 'Choose a self-assignable role, once',
    access: signedIn,
    body: RoleChoice,
    success: 'ok',
    response: RoleChoices,
    problems: ['not_found'],
    handle: ({ context, body }) => chooseRole(context, body),
  });
}
