import apiKeys from './en/api-keys.ts';
import arrival from './en/arrival.ts';
import audit from './en/audit.ts';
import bulkRoles from './en/bulk-roles.ts';
import catalogue from './en/catalogue.ts';
import conditions from './en/conditions.ts';
import explain from './en/explain.ts';
import forms from './en/forms.ts';
import home from './en/home.ts';
import invitations from './en/invitations.ts';
import matrix from './en/matrix.ts';
import members from './en/members.ts';
import past from './en/past.ts';
import permissions from './en/permissions.ts';
import platform from './en/platform.ts';
import preview from './en/preview.ts';
import roleLife from './en/role-life.ts';
import roles from './en/roles.ts';
import shell from './en/shell.ts';
import staff from './en/staff.ts';
import sync from './en/sync.ts';
import syncRuns from './en/sync-runs.ts';
import tenants from './en/tenants.ts';
import users from './en/users.ts';

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
