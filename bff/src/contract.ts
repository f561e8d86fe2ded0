/** The only export of the bff: the types of its API, from pure schemas. */
import type { z } from 'zod';
import type { ApiKey, ApiKeyCreate } from './resources/api-keys/schema.ts';
import type { AuditLog } from './resources/audit-logs/schema.ts';
import type { IdentityPush } from './resources/identity-pushes/schema.ts';
import type { Invitation, InvitationCreate } from './resources/invitations/schema.ts';
import type { Member, MemberUpdate } from './resources/members/schema.ts';
import type { Permission, PermissionCreate, PermissionUpdate } from './resources/permissions/schema.ts';
import type { Role, RoleCreate, RoleDetail, RoleUpdate } from './resources/roles/schema.ts';
import type { SyncDrift, SyncRun, SyncRunCreate } from './resources/sync-runs/schema.ts';
import type { Tenant, TenantCreate, TenantDetail, TenantUpdate } from './resources/tenants/schema.ts';
import type { User, UserDetail, UserUpdate } from './resources/users/schema.ts';
import type { WebhookEvent, WebhookEventDetail } from './resources/webhook-events/schema.ts';

export type { Conditions, Term } from './access/conditions.ts';
export type { AccessExplanation, AccessHolder } from './access/explain/schema.ts';
export type { AccessTimeline, EffectiveAccess, EventInstants, RoleHolder } from './access/history/schema.ts';
export { lineage } from './access/lineage.ts';
export {
  PERMISSION_CODE,
  PLATFORM_TENANT_ID,
  type PlatformPermission,
  partsOfCode,
  type SystemPermission,
  type TenantPermission,
} from './access/permissions.ts';
export { isTenantUsable } from './access/tenant-status.ts';
export type { Effect, Page, Problem, RoleRef, UserRef } from './core/schema.ts';
export { isSameEmail } from './core/text/email-address.ts';
/** Folds text as the lists of the server do; a library that most names need not. */
export const loadFold = () => import('./core/text/fold.ts');
export { isolate, withoutIsolates } from './core/text/isolate.ts';
export { roleKeyOfFolded, slugOfFolded } from './core/text/slug.ts';
export { isVisible, truncate } from './core/text/text.ts';
export type { AccessComparison } from './resources/access/history/schema.ts';
export type { ApiKey, ApiKeyCreated } from './resources/api-keys/schema.ts';
export type { AuditLog } from './resources/audit-logs/schema.ts';
export type { IdentityPush } from './resources/identity-pushes/schema.ts';
export type { Invitation, InvitationByToken, InvitationCreated } from './resources/invitations/schema.ts';
export type { Me, SessionInfo } from './resources/me/schema.ts';
export type { BulkRoles, BulkRolesProgress, Member, MemberRole } from './resources/members/schema.ts';
export type { Permission, PermissionUsage, PermissionUsageCounts } from './resources/permissions/schema.ts';
export type { RoleChoices } from './resources/role-choices/schema.ts';
export type { MatrixRole, RoleMatrix, StaleRoles } from './resources/roles/matrix/schema.ts';
export type { Role, RoleDetail, RoleVersion } from './resources/roles/schema.ts';
export type { SyncDrift, SyncRun } from './resources/sync-runs/schema.ts';
export type { Tenant, TenantCreated, TenantDetail } from './resources/tenants/schema.ts';
export type { Trends } from './resources/trends/schema.ts';
export type { RoleCounts, User, UserDetail } from './resources/users/schema.ts';
export type { SyncHealth, WebhookEvent, WebhookEventDetail } from './resources/webhook-events/schema.ts';

/** Resource names as the console uses them: the row of a list, the record of a detail, the bodies of its writes. */
export interface Resources {
  users: { row: User; detail: UserDetail; create: never; update: z.input<typeof UserUpdate> };
  tenants: {
    row: Tenant;
    detail: TenantDetail;
    create: z.input<typeof TenantCreate>;
    update: z.input<typeof TenantUpdate>;
  };
  members: { row: Member; detail: Member; create: never; update: z.input<typeof MemberUpdate> };
  roles: { row: Role; detail: RoleDetail; create: z.input<typeof RoleCreate>; update: z.input<typeof RoleUpdate> };
  permissions: {
    row: Permission;
    detail: Permission;
    create: z.input<typeof PermissionCreate>;
    update: z.input<typeof PermissionUpdate>;
  };
  invitations: { row: Invitation; detail: Invitation; create: z.input<typeof InvitationCreate>; update: never };
  'api-keys': { row: ApiKey; detail: ApiKey; create: z.input<typeof ApiKeyCreate>; update: never };
  'sync-runs': { row: SyncRun; detail: SyncRun; create: z.input<typeof SyncRunCreate>; update: never };
  'sync-drift': { row: SyncDrift; detail: never; create: never; update: never };
  'identity-pushes': { row: IdentityPush; detail: never; create: never; update: never };
  'webhook-events': { row: WebhookEvent; detail: WebhookEventDetail; create: never; update: never };
  'audit-logs': { row: AuditLog; detail: AuditLog; create: never; update: never };
}
export type ResourceName = keyof Resources;
export type Row<K extends ResourceName> = Resources[K]['row'];
export type Detail<K extends ResourceName> = Resources[K]['detail'];
export type Create<K extends ResourceName> = Resources[K]['create'];
export type Update<K extends ResourceName> = Resources[K]['update'];
