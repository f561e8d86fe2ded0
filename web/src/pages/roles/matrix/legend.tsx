import { useI18n } from '../../../i18n/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';

/** Legend of cell states and keyboard shortcuts. */
export function MatrixLegend({ hasConditions }: { hasConditions: boolean }) {
  const { t } = useI18n();
  return (
    <div className="matrix-legend">
      <span>
        <span className="cell-switch cell-own" aria-hidden="true">
          <Icon name="check" size={14} />
        </span>
        {t('roles.legend_direct')}
      </span>
      <span>
        <span className="cell-switch cell-inherited" aria-hidden="true">
          <Icon name="check" size={14} />
        </span>
        {t('roles.legend_inherited')}
      </span>
      {hasConditions ? (
        <span>
          <span className="cell-switch cell-own" aria-hidden="true">
            <Icon name="condition" size={14} />
          </span>
          {t('roles.matrix_conditional')}
        </span>
      ) : null}
      <span>
        <span className="cell-switch cell-off cell-locked" aria-hidden="true" />
        {t('roles.legend_locked')}
      </span>
      <span>
        <span className="cell-edited legend-edited" aria-hidden="true" />
        {t('roles.matrix_edited')}
      </span>
      <span id="matrix-keys">
        {t('roles.matrix_keys')} <span className="visually-hidden">{t('roles.matrix_keys_more')}</span>
      </span>
    </div>
  );
}
