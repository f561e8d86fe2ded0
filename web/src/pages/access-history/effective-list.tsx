import { type EffectiveAccess, partsOfCode } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { permissionLabel } from '../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../ui/chips/permission-tag.tsx';
import { RoleAt } from './role-at.tsx';

type Granted = EffectiveAccess['permissions'][number];

/** Permissions by resource, each with the roles that granted it. */
export function EffectiveList({ permissions }: { permissions: Granted[] }) {
  const resourceOf = ({ code }: Granted) => partsOfCode(code).resource;
  const groups = Map.groupBy(permissions, resourceOf);
  return (
    <div>
      {[...groups].map(([resource, granted]) => (
        <section key={resource} className="history-group" aria-label={resource}>
          <h3 translate="no">{resource}</h3>
          <ul>
            {granted.map((permission) => (
              <li key={permission.code}>
                <span className="history-permission">
                  <PermissionTag code={permission.code} />
                  {permission.description ? (
                    <span className="muted">
                      {permissionLabel({ code: permission.code, description: permission.description })}
                    </span>
                  ) : null}
                </span>
                <span className="history-paths">
                  {permission.paths.map((path) => (
                    <GrantPath key={`${path.via} ${path.role.id}`} path={path} />
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function GrantPath({ path }: { path: Granted['paths'][number] }) {
  const { t } = useI18n();
  const { role, via, inheritedThrough, conditions, validUntil } = path;
  const origin = inheritedThrough.at(-1);
  const notes = [
    via === 'platform' ? t('access_history.through_platform') : '',
    origin ? t('access_history.inherited_from', { role: origin.name }) : '',
    conditions ? t('access_history.under_conditions') : '',
  ].filter(Boolean);
  return <RoleAt role={role} via={via} validUntil={validUntil} notes={notes} />;
}
