import accessHistory from './fr/access-history.ts';
import apiKeys from './fr/api-keys.ts';
import audit from './fr/audit/audit.ts';
import auditEvents from './fr/audit/events.ts';
import auditFields from './fr/audit/fields.ts';
import auditOperations from './fr/audit/operations.ts';
import common from './fr/common.ts';
import errors from './fr/errors.ts';
import explain from './fr/explain.ts';
import forms from './fr/forms.ts';
import home from './fr/home.ts';
import invitations from './fr/invitations.ts';
import membersBulkRoles from './fr/members/bulk-roles.ts';
import members from './fr/members/members.ts';
import membersStaff from './fr/members/staff.ts';
import onboarding from './fr/onboarding.ts';
import palette from './fr/palette.ts';
import permissionsDescriptions from './fr/permissions/descriptions.ts';
import permissions from './fr/permissions/permissions.ts';
import platform from './fr/platform.ts';
import preview from './fr/preview.ts';
import rolesAssignments from './fr/roles/assignments.ts';
import rolesConditions from './fr/roles/conditions.ts';
import rolesForm from './fr/roles/form.ts';
import rolesLifecycle from './fr/roles/lifecycle.ts';
import rolesMatrix from './fr/roles/matrix.ts';
import roles from './fr/roles/roles.ts';
import shell from './fr/shell.ts';
import syncDrift from './fr/sync/drift.ts';
import syncEvents from './fr/sync/events.ts';
import syncHealth from './fr/sync/health.ts';
import syncPushes from './fr/sync/pushes.ts';
import syncRuns from './fr/sync/runs.ts';
import tenants from './fr/tenants.ts';
import users from './fr/users.ts';

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
