import apiKeys from './fr/api-keys.ts';
import arrival from './fr/arrival.ts';
import audit from './fr/audit.ts';
import bulkRoles from './fr/bulk-roles.ts';
import catalogue from './fr/catalogue.ts';
import conditions from './fr/conditions.ts';
import explain from './fr/explain.ts';
import forms from './fr/forms.ts';
import home from './fr/home.ts';
import invitations from './fr/invitations.ts';
import matrix from './fr/matrix.ts';
import members from './fr/members.ts';
import past from './fr/past.ts';
import permissions from './fr/permissions.ts';
import platform from './fr/platform.ts';
import preview from './fr/preview.ts';
import roleLife from './fr/role-life.ts';
import roles from './fr/roles.ts';
import shell from './fr/shell.ts';
import staff from './fr/staff.ts';
import sync from './fr/sync.ts';
import syncRuns from './fr/sync-runs.ts';
import tenants from './fr/tenants.ts';
import users from './fr/users.ts';

/** Every word of the console but those of the entry pages, which are loaded before. */
export default {
  ...apiKeys,
  ...arrival,
  ...audit,
  ...bulkRoles,
  ...catalogue,
  ...conditions,
  ...forms,
  ...explain,
  ...home,
  ...invitations,
  ...matrix,
  ...members,
  ...past,
  ...permissions,
  ...platform,
  ...preview,
  ...roleLife,
  ...roles,
  ...shell,
  ...staff,
  ...sync,
  ...syncRuns,
  ...tenants,
  ...users,
};
