import { Flex, Segmented } from 'antd';
import type { Row } from 'bff/contract';
import { useId } from 'react';
import { t } from '../../../i18n/i18n.ts';
import { roleDescription, roleName } from '../../../i18n/role-name.ts';
import type { BulkDraft } from './draft.ts';

type What = BulkDraft[string] | 'keep';
type Props = {
  roles: Row<'roles'>[];
  /** Set by Form.Item. */
  value?: BulkDraft;
  onChange?: (draft: BulkDraft) => void;
};

/** Each role for many members: unchanged, assigned or removed. */
export function BulkRoles({ roles, value: draft = {}, onChange }: Props) {
  const id = useId();
  const choices: { value: What; label: string }[] = [
    { value: 'keep', label: t('members.bulk_unchanged_option') },
    { value: 'add', label: t('members.bulk_assign') },
    { value: 'remove', label: t('members.bulk_remove') },
  ];
  const choose = (roleId: string, what: What) => {
    const { [roleId]: _, ...others } = draft;
    onChange?.(what === 'keep' ? others : { ...others, [roleId]: what });
  };
  return (
    <Flex vertical gap={12}>
      {roles.map((role) => (
        <Flex
          key={role.id}
          role="group"
          aria-labelledby={`${id}-${role.id}`}
          wrap
          align="center"
          justify="space-between"
          gap={8}
        >
          <div className="bulk-role">
            <strong id={`${id}-${role.id}`}>
              <bdi>{roleName(role)}</bdi>
            </strong>
            <p className="muted">{roleDescription(role)}</p>
          </div>
          <Segmented<What>
            value={draft[role.id] ?? 'keep'}
            options={choices}
            onChange={(what) => choose(role.id, what)}
          />
        </Flex>
      ))}
    </Flex>
  );
}
