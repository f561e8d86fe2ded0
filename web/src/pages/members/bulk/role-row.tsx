import { Flex, Segmented } from 'antd';
import type { Row } from 'bff/contract';
import { useId } from 'react';
import { useI18n } from '../../../i18n/i18n.ts';
import { roleDescription, roleName } from '../../../i18n/role-name.ts';

type What = 'add' | 'remove' | undefined;
type Props = { role: Row<'roles'>; chosen: What; onChoose: (what: What) => void };

/** One role for many members: unchanged, assigned or removed. */
export function BulkRoleRow({ role, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const id = useId();
  return (
    <Flex role="group" aria-labelledby={id} wrap align="center" justify="space-between" gap={8}>
      <div className="bulk-role">
        <strong id={id}>
          <bdi>{roleName(role)}</bdi>
        </strong>
        <p className="muted">{roleDescription(role)}</p>
      </div>
      <Segmented
        value={chosen ?? 'keep'}
        options={[
          { value: 'keep', label: t('members.bulk_unchanged_option') },
          { value: 'add', label: t('members.bulk_assign') },
          { value: 'remove', label: t('members.bulk_remove') },
        ]}
        onChange={(what) => onChoose(what === 'keep' ? undefined : (what as What))}
      />
    </Flex>
  );
}
