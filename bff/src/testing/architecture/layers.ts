/**
 * What each folder is made of, from the ground up. A child imports only from children of earlier lines; `*` stands for every child
 * that is not named. Folders that are not listed here must only be free of circles.
 */
export const LAYERS: Readonly<Record<string, readonly string[][]>> = {
  'bff/src': [
    ['core'],
    ['db', 'identity', 'mail', 'rate-limits'],
    ['access'],
    ['audit', 'derived-columns.ts', 'ensure-platform.ts'],
    ['sync', 'prepare-database.ts'],
    ['http'],
    ['resources', 'services.ts'],
    ['app.ts', 'contract.ts', 'jobs.ts'],
    ['demo', 'clerk-stub'],
    ['main.ts'],
    ['cli', 'testing'],
  ],
  'bff/src/access': [
    ['permissions.ts', 'conditions.ts', 'resource.ts', '*'],
    ['schedule.ts'],
    ['actor.ts', 'assignments', 'effect.ts', 'roles'],
    ['grants.ts'],
    ['explain', 'invitations'],
    ['history'],
  ],
  'bff/src/sync': [
    ['context.ts'],
    ['role-names.ts'],
    ['decide-app-role.ts'],
    ['apply'],
    ['inbox', 'outbox', 'ensure-default-tenant.ts', 'local-accounts.ts', 'provisioning.ts'],
    ['reconcile'],
  ],
  'bff/src/clerk-stub': [
    ['api-error.ts', 'serialize.ts', 'openapi.ts'],
    ['state', 'faults'],
    ['session-token.ts', 'control-page.ts', 'demo-data.ts', 'webhooks'],
    ['backend', 'frontend'],
    ['server.ts'],
  ],
  'web/src': [
    ['core'],
    ['i18n'],
    ['theme'],
    ['providers'],
    ['ui', 'sign-in'],
    ['features'],
    ['pages'],
    ['layout'],
    ['app.tsx'],
    ['entry.tsx'],
    ['main.tsx'],
  ],
  'web/src/providers': [
    ['i18n-provider.ts', 'router-provider.ts'],
    ['auth'],
    ['access', 'notifications.ts'],
    ['data'],
    ['tenant', 'live'],
  ],
  'web/src/ui': [['icon.tsx'], ['chips'], ['feedback'], ['dialog'], ['page'], ['audit'], ['form'], ['list']],
  'web/src/pages': [['page-resource.ts'], ['*'], ['platform-home'], ['pages.ts'], ['registry.ts']],
};
