import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/i18n.ts';
import type { PermissionCode } from '../providers/access/permissions.ts';
import type { IconName } from '../ui/icon.tsx';

/** One kind of page: where it lives, who may open it, and its screens. Each pages/<resource>/resource.ts exports an array of these as `pages`. */
export type PageResource = {
  /** The segment of the address: /t/acme/<path> or /platform/<path>. */
  path: string;
  scope: 'tenant' | 'platform';
  /** Needed to open it; null = everybody who is in this place. */
  permission: PermissionCode | null;
  label: MessageKey;
  icon: IconName;
  /** Position in the side navigation. */
  order: number;
  /** False for a page that is reached from another one; a permission: only for who holds it. */
  inNavigation?: false | PermissionCode;
  list: ComponentType;
  show?: ComponentType;
};
