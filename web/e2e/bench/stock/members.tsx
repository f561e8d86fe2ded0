import { DateField, List, ShowButton, TagField, useTable } from '@refinedev/antd';
import { Space, Table } from 'antd';
import type { Member } from 'bff/contract';

export function MemberList() {
  const { tableProps } = useTable<Member>({ syncWithLocation: true, pagination: { pageSize: 25 } });
  return (
    <List>
      <Table {...tableProps} rowKey="id">
        <Table.Column dataIndex={['user', 'name']} title="Name" sorter />
        <Table.Column dataIndex={['user', 'email']} title="E-mail" />
        <Table.Column
          dataIndex="roles"
          title="Roles"
          render={(roles: Member['roles']) => roles.map(({ id, name }) => <TagField key={id} value={name} />)}
        />
        <Table.Column dataIndex="status" title="Status" render={(status: string) => <TagField value={status} />} />
        <Table.Column dataIndex="createdAt" title="Joined" render={(at: string) => <DateField value={at} />} />
        <Table.Column<Member>
          title="Actions"
          render={(_, { id }) => (
            <Space>
              <ShowButton hideText size="small" recordItemId={id} />
            </Space>
          )}
        />
      </Table>
    </List>
  );
}
