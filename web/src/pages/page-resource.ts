import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/i18n.ts';
import type { PermissionCode } from '../providers/access/permissions.ts';
import type { IconName } from '../ui/icon.tsx';

/** A page of the console: path, permission and screens. Each pages/<resource>/resource.ts exports an array of them as `pages`. */
export type PageResource = {
  /** The path segment: /t/acme/<path> or /platform/<path>. */
  path: string;
  scope: 'tenant' | 'platform';
  /** Needed to open it; null: every member of the scope. */
  permission: PermissionCode | null;
  label: MessageKey;
  icon: IconName;
  /** Position in the side navigation. */
  order: number;
  /** False for a page reached from another one; a permission: only with it. */
  inNavigation?: false | PermissionCode;
  list: ComponentType;
  show?: ComponentType;
};
