import type { SyncDrift } from 'bff/contract';
import { useI18n } from '../../../i18n/i18n.ts';
import { SyncSubject } from '../subject.tsx';

type Props = { drift: SyncDrift; chosen: boolean; onChoose?: () => void };

/** The object of a drift item, with links; a checkbox while it is open. */
export function DriftObject({ drift, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const { objectType, objectId, user, tenant } = drift;
  const name = (user?.name.trim() || user?.email || tenant?.name) ?? objectId;
  return (
    <span className="drift-object">
      <input
        type="checkbox"
        checked={chosen}
        disabled={!onChoose}
        aria-label={t('sync.drift_select', { name })}
        onChange={() => onChoose?.()}
      />
      <span>
        <SyncSubject user={user} tenant={tenant} objectId={objectId} />
        <span className="sync-second" title={objectId}>
          {t(`sync.drift_type_${objectType}`)}
        </span>
      </span>
    </span>
  );
}
