import { hasMessage, t } from '../../i18n/i18n.ts';

/** Returns the description of a permission: translated for Rolecall's own, else as stored. */
export function permissionLabel({ code, description }: { code: string; description: string }): string {
  const key = `permission.${code}`;
  return hasMessage(key) ? t(key) : description;
}

/** Returns the name of a group of permissions, which is their resource. */
export function permissionGroup(resource: string): string {
  const key = `permission_group.${resource}`;
  return hasMessage(key) ? t(key) : resource;
}
