import './permission-groups.css';
import type { ReactNode } from 'react';
import { byResource, type ResourceGroup } from '../../features/permissions/use-catalogue.ts';
import { permissionGroup } from '../../ui/chips/permission-label.ts';

type Props<T> = {
  permissions: T[];
  /** The heading of a group, if not the resource alone. */
  head?: (group: ResourceGroup<T>) => ReactNode;
  /** One permission. */
  children: (permission: T) => ReactNode;
};

/** Permissions by resource. */
export function PermissionGroups<T extends { code: string }>({ permissions, head, children }: Props<T>) {
  return byResource(permissions).map((group) => (
    <fieldset key={group.resource} className="permission-group" aria-label={permissionGroup(group.resource)}>
      <div className="permission-group-head">
        {head?.(group) ?? <span translate="no">{permissionGroup(group.resource)}</span>}
      </div>
      <ul>
        {group.permissions.map((permission) => (
          <li key={permission.code}>{children(permission)}</li>
        ))}
      </ul>
    </fieldset>
  ));
}
