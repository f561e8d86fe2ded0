import type { RoleDetail } from 'bff/contract';
import { useI18n } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { RoleChip } from '../../ui/chips/role-chip.tsx';
import { Section } from '../../ui/page/section.tsx';

/** The role between its parent and its children. */
export function RoleInheritance({ role }: { role: RoleDetail }) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const { parent, children } = role;
  if (!parent && children.length === 0) return null;
  const own = (
    <li>
      <span className="inheritance-current" aria-current="true">
        {role.name}
      </span>{' '}
      <span className="muted">{t('roles.this_role')}</span>
      {children.length > 0 ? (
        <ul>
          {children.map((child) => (
            <li key={child.id}>
              <RoleChip role={child} to={scope.to(`roles/${child.id}`)} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
  return (
    <Section title={t('roles.inheritance')} note={t('roles.inheritance_note')}>
      <ul className="inheritance">
        {parent ? (
          <li>
            <RoleChip role={parent} to={scope.to(`roles/${parent.id}`)} />
            <ul>{own}</ul>
          </li>
        ) : (
          own
        )}
      </ul>
    </Section>
  );
}
