import type { SessionInfo } from 'bff/contract';
import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/i18n.ts';
import type { PermissionCode } from '../providers/access/permissions.ts';
import type { ListQuery } from '../providers/data/use-list-state.ts';
import type { IconName } from '../ui/icon.tsx';

type Screen = ComponentType & { prefetch: () => void };

/** A page of the console: path, permission and screens. */
export type PageResource = {
  /** The path segment: /t/acme/<path> or /platform/<path>. */
  path: string;
  /** The resource of the API below /api/admin; by default `tenants/:tenantId/<path>`. */
  name?: string;
  scope: 'tenant' | 'platform';
  /** Needed to open it; null: every member of the scope. */
  permission: PermissionCode | null;
  label: MessageKey;
  icon: IconName;
  /** The path of the page from which this one is reached; it is then not in the side navigation. */
  parent?: string;
  /** The identity providers with which the page has a meaning; all without it. */
  identityProviders?: SessionInfo['identityProvider'][];
  list: Screen;
  /** What the list asks for; absent where the screen is another one. */
  rows?: ListQuery;
  show?: Screen;
};
