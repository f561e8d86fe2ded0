import '../../../ui/form/field.css';
import { Modal } from 'antd';
import type { RoleVersion } from 'bff/contract';
import { useState } from 'react';
import { shortTime } from '../../../i18n/format.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { FieldDiff } from '../../../ui/audit/field-diff.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { differences } from './use-versions.ts';

type Props = { open: boolean; versions: RoleVersion[]; chosen: RoleVersion; onClose: () => void };

/** Compares two versions, initially the selected one and the one before. */
export default function CompareDialog({ open, versions, chosen, onClose }: Props) {
  const { t } = useI18n();
  const at = versions.indexOf(chosen);
  const oldest = at === versions.length - 1;
  const [before, setBefore] = useState((oldest ? chosen : versions[at + 1])?.number ?? 1);
  const [after, setAfter] = useState((oldest ? versions[0] : chosen)?.number ?? 1);
  const one = versions.find(({ number }) => number === before);
  const other = versions.find(({ number }) => number === after);
  if (!one || !other) return null;
  const difference = differences(one, other);
  return (
    <Modal open={open} title={t('roles.compare_title')} footer={null} width={680} onCancel={onClose} destroyOnHidden>
      <div className="version-pair">
        <VersionSelect label={t('diff.before')} versions={versions} chosen={before} onChange={setBefore} />
        <VersionSelect label={t('diff.after')} versions={versions} chosen={after} onChange={setAfter} />
      </div>
      <div aria-live="polite">
        {difference.changed.length === 0 ? (
          <p className="muted">{t('roles.versions_same')}</p>
        ) : (
          <FieldDiff
            before={difference.before}
            after={difference.after}
            titles={[t('roles.version_n', { n: before }), t('roles.version_n', { n: after })]}
          />
        )}
      </div>
    </Modal>
  );
}

type SelectProps = {
  label: string;
  versions: RoleVersion[];
  chosen: number;
  onChange: (version: number) => void;
};

function VersionSelect({ label, versions, chosen, onChange }: SelectProps) {
  const { t } = useI18n();
  return (
    <span className="form-select">
      <select aria-label={label} value={chosen} onChange={(event) => onChange(Number(event.target.value))}>
        {versions.map(({ number, createdAt }) => (
          <option key={number} value={number}>
            {`${t('roles.version_n', { n: number })} · ${shortTime(createdAt)}`}
          </option>
        ))}
      </select>
      <Icon name="chevron" size={16} />
    </span>
  );
}
