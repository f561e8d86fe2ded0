import type { Row } from 'bff/contract';
import { useEffect, useId, useRef } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { permissionLabel } from '../../../ui/chips/permission-label.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { PermissionCondition } from '../conditions/permission-condition.tsx';
import type { Picking } from './picking.ts';

type Permission = Row<'permissions'>;

/** The permissions of one resource, with a checkbox for all that can be granted. */
export function PermissionGroup({ resource, permissions, ...picking }: Picking & PermissionGroupProps) {
  const { t } = useI18n();
  const { chosen, inherited, holds, onChange } = picking;
  const box = useRef<HTMLInputElement>(null);
  const open = permissions.filter(({ code }) => !inherited.has(code) && holds(code)).map(({ code }) => code);
  const ticked = permissions.filter(({ code }) => chosen.includes(code) || inherited.has(code)).length;
  const all = open.length > 0 && open.every((code) => chosen.includes(code));
  const some = open.some((code) => chosen.includes(code));
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !all;
  }, [some, all]);

  function toggleAll() {
    const rest = chosen.filter((code) => !open.includes(code));
    onChange(all ? rest : [...rest, ...open]);
  }

  return (
    <div className="pick-group">
      <label className="pick-group-head">
        <input
          ref={box}
          type="checkbox"
          checked={all}
          disabled={open.length === 0}
          aria-label={t('roles.pick_all', { resource })}
          onChange={toggleAll}
        />
        <span className="pick-resource" translate="no">
          {resource}
        </span>
        <span className="muted numeric">{t('roles.pick_of', { n: ticked, total: permissions.length })}</span>
      </label>
      <div className="pick-grid">
        {permissions.map((permission) => (
          <PermissionBox key={permission.code} permission={permission} {...picking} />
        ))}
      </div>
    </div>
  );
}

type PermissionGroupProps = { resource: string; permissions: Permission[] };

function PermissionBox({
  permission,
  chosen,
  inherited,
  holds,
  rejected,
  onChange,
  conditions,
  onCondition,
}: Picking & { permission: Permission }) {
  const { t } = useI18n();
  const id = useId();
  const { code, retiredAt } = permission;
  const from = inherited.get(code);
  const isChosen = chosen.includes(code);
  const notes = [
    from ? t('roles.pick_inherited', { role: from.name }) : '',
    from || holds(code) ? '' : t('roles.pick_not_held'),
    retiredAt ? t('roles.pick_retired') : '',
  ].filter(Boolean);
  const toggle = () => onChange(isChosen ? chosen.filter((each) => each !== code) : [...chosen, code]);
  const box = (
    <label className={rejected === code ? 'pick pick-rejected' : 'pick'}>
      <input
        type="checkbox"
        checked={isChosen || from !== undefined}
        // Inherited permissions cannot be removed here; permissions the user lacks cannot be added.
        disabled={(from !== undefined && !isChosen) || (!holds(code) && !isChosen)}
        aria-invalid={rejected === code}
        aria-labelledby={`${id}-code`}
        aria-describedby={id}
        onChange={toggle}
      />
      <span id={`${id}-code`}>
        <PermissionTag code={code} />
      </span>
      <span id={id} className="pick-text">
        {permissionLabel(permission)}
        {notes.length > 0 ? (
          <span className={from ? 'pick-note' : 'pick-note pick-warn'}>{notes.join(' · ')}</span>
        ) : null}
      </span>
    </label>
  );
  return (
    <div className="pick-cell">
      {box}
      {isChosen ? (
        <PermissionCondition
          code={code}
          terms={conditions[code]}
          canChange={holds(code) && !retiredAt}
          onChange={(terms) => onCondition(code, terms)}
        />
      ) : null}
    </div>
  );
}
