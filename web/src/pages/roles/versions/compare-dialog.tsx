import { Flex, Select } from 'antd';
import type { RoleVersion } from 'bff/contract';
import { useState } from 'react';
import { shortTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { VersionDiff } from './version-diff.tsx';

type Props = { versions: RoleVersion[]; chosen: RoleVersion; onClose: () => void };

/** Compares two versions, initially the selected one and the one before. */
export default function CompareDialog({ versions, chosen, onClose }: Props) {
  const older = versions[versions.indexOf(chosen) + 1];
  const [before, setBefore] = useState(older ?? chosen);
  const [after, setAfter] = useState((older ? chosen : versions[0]) ?? chosen);
  const options = versions.map(({ number, createdAt }) => ({
    value: number,
    label: `${t('roles.version_n', { n: number })} · ${shortTime(createdAt)}`,
  }));
  const sides = [
    [t('diff.before'), before, setBefore],
    [t('diff.after'), after, setAfter],
  ] as const;
  return (
    <Dialog title={t('roles.compare_title')} width={680} onCancel={onClose}>
      <Flex gap={12} className="version-sides">
        {sides.map(([label, version, choose]) => (
          <Select
            key={label}
            aria-label={label}
            value={version.number}
            options={options}
            onChange={(number) => choose(versions.find((each) => each.number === number) ?? version)}
          />
        ))}
      </Flex>
      <VersionDiff before={before} after={after} />
    </Dialog>
  );
}
