import accessHistory from './en/access-history.ts';
import apiKeys from './en/api-keys.ts';
import audit from './en/audit/audit.ts';
import auditEvents from './en/audit/events.ts';
import auditFields from './en/audit/fields.ts';
import auditOperations from './en/audit/operations.ts';
import common from './en/common.ts';
import errors from './en/errors.ts';
import explain from './en/explain.ts';
import forms from './en/forms.ts';
import home from './en/home.ts';
import invitations from './en/invitations.ts';
import membersBulkRoles from './en/members/bulk-roles.ts';
import members from './en/members/members.ts';
import membersStaff from './en/members/staff.ts';
import onboarding from './en/onboarding.ts';
import palette from './en/palette.ts';
import permissionsDescriptions from './en/permissions/descriptions.ts';
import permissions from './en/permissions/permissions.ts';
import platform from './en/platform.ts';
import preview from './en/preview.ts';
import rolesAssignments from './en/roles/assignments.ts';
import rolesConditions from './en/roles/conditions.ts';
import rolesForm from './en/roles/form.ts';
import rolesLifecycle from './en/roles/lifecycle.ts';
import rolesMatrix from './en/roles/matrix.ts';
import roles from './en/roles/roles.ts';
import shell from './en/shell.ts';
import syncDrift from './en/sync/drift.ts';
import syncEvents from './en/sync/events.ts';
import syncHealth from './en/sync/health.ts';
import syncPushes from './en/sync/pushes.ts';
import syncRuns from './en/sync/runs.ts';
import tenants from './en/tenants.ts';
import users from './en/users.ts';

/** All messages of the console; those of the entry pages are loaded before. */
export default {
  ...accessHistory,
  ...apiKeys,
  ...audit,
  ...auditEvents,
  ...auditFields,
  ...auditOperations,
  ...common,
  ...errors,
  ...explain,
  ...forms,
  ...home,
  ...invitations,
  ...membersBulkRoles,
  ...members,
  ...membersStaff,
  ...onboarding,
  ...palette,
  ...permissionsDescriptions,
  ...permissions,
  ...platform,
  ...preview,
  ...rolesAssignments,
  ...rolesConditions,
  ...rolesForm,
  ...rolesLifecycle,
  ...rolesMatrix,
  ...roles,
  ...shell,
  ...syncDrift,
  ...syncEvents,
  ...syncHealth,
  ...syncPushes,
  ...syncRuns,
  ...tenants,
  ...users,
};
