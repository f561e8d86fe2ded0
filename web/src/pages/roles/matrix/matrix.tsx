import { SearchField } from '../../../ui/form/search-field.tsx';
import './matrix.css';
import './rest.css';
import type { MatrixRole } from 'bff/contract';
import { useState } from 'react';
import { useFold } from '../../../core/fold.ts';
import { useCatalogue } from '../../../features/permissions/use-catalogue.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { ListSkeleton } from '../../../ui/feedback/skeleton.tsx';
import { LeaveGuard } from '../../../ui/page/leave-guard.tsx';
import { PageHeader } from '../../../ui/page/page-header.tsx';
import { useNarrow } from '../../../ui/page/use-narrow.ts';
import { MatrixBar } from './bar.tsx';
import { MatrixGrid } from './grid.tsx';
import { MatrixLegend } from './legend.tsx';
import { MatrixList } from './list.tsx';
import type { MatrixColumn, Permission } from './use-matrix.ts';
import { useCellLabel, useMatrix } from './use-matrix.ts';
import { useMatrixRoles } from './use-matrix-roles.ts';
import { useMatrixSave } from './use-matrix-save.ts';

/** All roles by all permissions, to compare and edit. */
export default function MatrixPage() {
  const { t } = useI18n();
  const scope = useTenantScope();
  const found = useMatrixRoles(scope.resource('roles'));
  const catalogue = useCatalogue(scope.kind === 'tenant' ? 'tenant' : undefined);
  const failed = found.error ? found : catalogue.error ? catalogue : undefined;
  return (
    <>
      <PageHeader title={t('roles.matrix')} lead={t('roles.matrix_lead')} />
      {failed?.error ? <ErrorState error={failed.error} onRetry={failed.retry} /> : null}
      {found.roles && catalogue.permissions ? (
        <RoleMatrix roles={found.roles} catalogue={catalogue.permissions} />
      ) : failed ? null : (
        <ListSkeleton rows={10} columns={6} />
      )}
    </>
  );
}

function RoleMatrix({ roles, catalogue }: { roles: MatrixRole[]; catalogue: Permission[] }) {
  const { t } = useI18n();
  const fold = useFold();
  const isNarrow = useNarrow();
  const matrix = useMatrix(roles, catalogue);
  const saving = useMatrixSave(matrix);
  const cellLabel = useCellLabel();
  const [q, setQ] = useState('');
  const [lastCell, setLastCell] = useState<[MatrixColumn, Permission]>();
  const [column, permission] = lastCell ?? [];
  const wanted = fold(q.trim());
  const shown = matrix.permissions.filter(({ code, description }) => fold(`${code} ${description}`).includes(wanted));

  function onSwitch(column: MatrixColumn, permission: Permission) {
    if (!saving.busy && !matrix.cell(column, permission).locked) matrix.flip(column.role, permission.code);
    setLastCell([column, permission]);
  }

  const Matrix = isNarrow ? MatrixList : MatrixGrid;
  return (
    <div className="matrix-page">
      <div className="matrix-head">
        <SearchField value={q} label={t('roles.pick_search')} onChange={setQ} />
        {isNarrow ? null : (
          <MatrixLegend hasConditions={matrix.columns.some(({ role }) => role.conditional.size > 0)} />
        )}
      </div>
      {saving.rejection ? (
        <Note tone="bad">
          <span role="alert">
            <strong>{t('roles.matrix_rejected')}</strong> {saving.rejection}
          </span>
        </Note>
      ) : null}
      {shown.length > 0 ? (
        <Matrix matrix={matrix} shown={shown} onSwitch={onSwitch} />
      ) : (
        <EmptyState title={q ? t('roles.pick_none', { q: q.trim() }) : t('roles.pick_empty')} />
      )}
      <p className="visually-hidden" role="status">
        {column && permission
          ? [
              cellLabel(column.role, permission.code, matrix.cell(column, permission), true),
              matrix.cell(column, permission).locked,
            ]
              .filter(Boolean)
              .join('. ')
          : ''}
      </p>
      <MatrixBar
        open={matrix.changes > 0}
        action={saving.action}
        busy={saving.busy}
        onSave={saving.save}
        onDiscard={() => {
          matrix.discard();
          saving.forget();
        }}
      />
      {saving.dialog}
      <LeaveGuard active={matrix.changes > 0} />
    </div>
  );
}
