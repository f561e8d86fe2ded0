import '../permission-groups.css';
import './matrix.css';
import { Checkbox, Flex, Select } from 'antd';
import type { MatrixRole } from 'bff/contract';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useFold } from '../../../core/fold.ts';
import { useCatalogue } from '../../../features/permissions/use-catalogue.ts';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { permissionLabel } from '../../../ui/chips/permission-label.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { SearchField } from '../../../ui/form/search-field.tsx';
import { PageHeader } from '../../../ui/page/page-header.tsx';
import { useNarrow } from '../../../ui/page/use-narrow.ts';
import { MatrixBar } from './bar.tsx';
import { MatrixGrid } from './grid.tsx';
import { MatrixLegend } from './legend.tsx';
import type { Edits } from './state.ts';
import { cellLabel, type MatrixColumn, type Permission, useMatrix, useMatrixRoles } from './use-matrix.ts';

/** All roles by all permissions, to compare and edit. */
export default function MatrixPage() {
  const scope = useTenantScope();
  const found = useMatrixRoles(scope.resource('roles'));
  const catalogue = useCatalogue(scope.kind === 'tenant' ? 'tenant' : undefined);
  const error = found.error ?? catalogue.error;
  return (
    <>
      <PageHeader title={t('roles.matrix')} lead={t('roles.matrix_lead')} />
      {error ? (
        <ErrorState error={error} onRetry={() => (found.error ? found.refetch() : catalogue.retry())} />
      ) : found.data && catalogue.permissions ? (
        <RoleMatrix roles={found.data.roles} catalogue={catalogue.permissions} />
      ) : (
        <ListSkeleton rows={10} columns={6} />
      )}
    </>
  );
}

function RoleMatrix({ roles, catalogue }: { roles: MatrixRole[]; catalogue: Permission[] }) {
  const fold = useFold();
  const isNarrow = useNarrow();
  const matrix = useMatrix(roles, catalogue);
  const [q, setQ] = useState('');
  const custom = matrix.columns.filter(({ role }) => !role.isSystem);
  const [withSystem, setWithSystem] = useState(custom.length === 0);
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const [lastCell, setLastCell] = useState<[MatrixColumn, Permission]>();
  const [params, setParams] = useSearchParams();
  const choices = withSystem ? matrix.columns : custom;
  const chosen = choices.find(({ role }) => role.id === params.get('role')) ?? choices[0];
  const columns = isNarrow && chosen ? [chosen] : choices;
  const typed = fold(q.trim());
  const shown = matrix.permissions.filter(
    (permission) =>
      fold(`${permission.code} ${permissionLabel(permission)}`).includes(typed) &&
      (!onlyDifferent || matrix.differs(choices, permission)),
  );

  function onSwitch(column: MatrixColumn, permission: Permission) {
    if (!matrix.cell(column, permission).locked) matrix.flip(column.role, permission.code);
    setLastCell([column, permission]);
  }

  const empty =
    columns.length === 0
      ? t('roles.matrix_no_custom')
      : q
        ? t('roles.pick_none', { q: q.trim() })
        : t(onlyDifferent ? 'roles.matrix_same' : 'roles.pick_empty');
  const announced = lastCell && matrix.cell(...lastCell);
  return (
    <div className="matrix-page">
      <Flex wrap align="center" gap="10px 16px">
        <SearchField value={q} label={t('roles.pick_search')} onChange={setQ} />
        <Checkbox checked={withSystem} onChange={({ target }) => setWithSystem(target.checked)}>
          {t('roles.matrix_system', { n: matrix.columns.length - custom.length })}
        </Checkbox>
        <Checkbox checked={onlyDifferent} onChange={({ target }) => setOnlyDifferent(target.checked)}>
          {t('roles.matrix_differences')}
        </Checkbox>
        {isNarrow ? null : <MatrixLegend columns={columns} />}
      </Flex>
      {isNarrow && chosen ? (
        <RoleSelect
          columns={choices}
          chosen={chosen}
          edits={matrix.edits}
          onChoose={(role) => setParams({ role }, { replace: true })}
        />
      ) : null}
      {shown.length > 0 && columns.length > 0 ? (
        <MatrixGrid matrix={matrix} columns={columns} shown={shown} onSwitch={onSwitch} />
      ) : (
        <EmptyState title={empty} isSearch={q !== ''} />
      )}
      <p className="visually-hidden" role="status">
        {announced ? [cellLabel(lastCell[1].code, announced, true), announced.locked].filter(Boolean).join('. ') : ''}
      </p>
      <MatrixBar matrix={matrix} />
    </div>
  );
}

type Props = { columns: MatrixColumn[]; chosen: MatrixColumn; edits: Edits; onChoose: (roleId: string) => void };

/** Selects the one role that the matrix shows on a phone. */
function RoleSelect({ columns, chosen, edits, onChoose }: Props) {
  return (
    <>
      <Select
        className="matrix-role"
        aria-label={t('roles.role')}
        value={chosen.role.id}
        onChange={onChoose}
        options={columns.map(({ role }) => {
          const count = edits.get(role.id)?.size ?? 0;
          const changes = t('roles.matrix_changes', { count });
          return { value: role.id, label: count > 0 ? `${roleName(role)} · ${changes}` : roleName(role) };
        })}
      />
      {chosen.locked ? <Note>{chosen.locked}</Note> : null}
    </>
  );
}
