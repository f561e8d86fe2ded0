import type { MessageKey } from '../../i18n/i18n.ts';
import { t } from '../../i18n/i18n.ts';

const named: Record<string, MessageKey> = {
  'member.': 'audit.entity_member',
  'member.roles_changed': 'audit.entity_roles_changed',
  'invitation.': 'audit.entity_invitation',
  'role.': 'audit.entity_role',
  'permission.': 'audit.entity_permission',
  'tenant.': 'audit.entity_tenant',
  'user.': 'audit.entity_user',
  'session.': 'audit.entity_session',
  'api-key.': 'audit.entity_api_key',
  'sync.': 'audit.entity_sync',
};

/** The target types to filter by, and one action worth its own entry. */
export const entities = () => Object.entries(named).map(([value, key]) => ({ value, label: t(key) }));
