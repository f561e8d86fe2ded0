import { Flex } from 'antd';
import { t } from '../../../i18n/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { cellClass } from './row.tsx';
import type { MatrixColumn } from './use-matrix.ts';

const direct = { isOn: true, isOwn: true, locked: undefined };

/** Legend of cell states and keyboard shortcuts. */
export function MatrixLegend({ columns }: { columns: MatrixColumn[] }) {
  const states = [
    [t('roles.legend_direct'), direct, 'check'],
    [t('roles.legend_inherited'), { ...direct, isOwn: false }, 'check'],
    ...(columns.some(({ role }) => role.conditional.size > 0)
      ? [[t('roles.matrix_conditional'), direct, 'condition'] as const]
      : []),
    [t('roles.legend_locked'), { ...direct, isOn: false, locked: '' }, undefined],
  ] as const;
  return (
    <Flex wrap gap="6px 16px" className="matrix-legend muted">
      {states.map(([label, cell, icon]) => (
        <span key={label} className="row">
          <span className={cellClass(cell)} aria-hidden="true">
            {icon ? <Icon name={icon} size={14} /> : null}
          </span>
          {label}
        </span>
      ))}
      <span id="matrix-keys">
        {t('roles.matrix_keys')} <span className="visually-hidden">{t('roles.matrix_keys_more')}</span>
      </span>
    </Flex>
  );
}
