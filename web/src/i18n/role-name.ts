import { hasMessage, t } from './i18n.ts';

type Named = { name: string; key?: string; isSystem?: boolean };

/** The message of a role that comes with Rolecall; a custom role may have the same name, but not the same key. */
function messageOf({ name, key, isSystem = true }: Named, suffix = '') {
  const found = `system_role.${name}${suffix}`;
  return isSystem && name.toLowerCase().endsWith(key ?? '') && hasMessage(found) ? found : undefined;
}

/** Returns the name of a role: translated for Rolecall's own, else as stored. */
export function roleName(role: Named): string {
  const key = messageOf(role);
  return key ? t(key) : role.name;
}

/** Returns the description of a role: translated for Rolecall's own, else as stored. */
export function roleDescription(role: Named & { description: string }): string {
  const key = messageOf(role, '.description');
  return key ? t(key) : role.description;
}
