import { Alert } from 'antd';
import { t } from '../../i18n/i18n.ts';
import { FieldDiff } from '../audit/field-diff.tsx';

type Props = {
  /** The stored values and the user's, only for fields that differ. */
  stored: Record<string, unknown>;
  yours: Record<string, unknown>;
};

/** Shown after a stale save: the stored values beside the user's, which are kept. */
export function StaleSave({ stored, yours }: Props) {
  const same = Object.keys(yours).length === 0;
  return (
    <Alert
      className="action-failure"
      type="warning"
      message={t('form.stale_title')}
      description={
        <>
          <p>{t(same ? 'form.stale_same' : 'form.stale_text')}</p>
          {same ? null : (
            <FieldDiff before={stored} after={yours} titles={[t('form.stored_version'), t('form.your_version')]} />
          )}
        </>
      }
    />
  );
}
