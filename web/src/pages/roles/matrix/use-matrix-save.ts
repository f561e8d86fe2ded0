import { useCustomMutation } from '@refinedev/core';
import { useQueryClient } from '@tanstack/react-query';
import type { RoleMatrix, StaleRoles } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../../core/api.ts';
import { usePreview } from '../../../features/preview/use-preview.tsx';
import { errorText } from '../../../i18n/error-text.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { refreshMe } from '../../../providers/auth/session.ts';
import { notify } from '../../../providers/notifications.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import { grantsWithEdits } from './state.ts';
import type { Matrix } from './use-matrix.ts';
import { matrixKey } from './use-matrix-roles.ts';

/** Saves all edits in one atomic request. */
export function useMatrixSave(matrix: Matrix) {
  const { t } = useI18n();
  const scope = useTenantScope();
  const client = useQueryClient();
  const { mutateAsync, mutation } = useCustomMutation<Record<string, unknown>, ApiError, unknown>();
  /** Why the last save was rejected. */
  const [rejection, setRejection] = useState<string>();

  const changed = matrix.columns.map(({ role }) => role).filter((role) => matrix.edits.has(role.id));
  const inRoles = t('roles.matrix_in_roles', { count: changed.length, n: changed.length });
  const numbers = { count: matrix.changes, n: matrix.changes, roles: inRoles };
  const action = t('roles.matrix_save', numbers);
  const name = changed.length === 1 && changed[0] ? changed[0].name : scope.name;
  const preview = usePreview({ action, name });
  const path = `${scope.resource('roles')}/matrix`;

  /** Returns the message; a field error names the role by its index in the request. */
  function messageOf(apiError: ApiError): string {
    if (apiError.statusCode === 412) {
      const stale = (apiError.problem.current ?? []) as StaleRoles;
      const messages = stale.map(({ name, seenVersion, version }) =>
        t('roles.matrix_stale_role', { role: name, seen: seenVersion, version }),
      );
      return [...messages, t('roles.matrix_stale')].join(' ');
    }
    const at = Object.keys(apiError.errors).find((field) => field.startsWith('roles.'));
    const role = at ? changed[Number(at.split('.')[1])]?.name : undefined;
    return role ? `${role}: ${errorText(apiError)}` : errorText(apiError);
  }

  async function save(reason: string): Promise<boolean> {
    const roles = changed.map((role) => ({
      roleId: role.id,
      version: role.version,
      permissions: grantsWithEdits(role, matrix.edits),
    }));
    setRejection(undefined);
    if (!(await preview.agreed([{ method: 'PATCH', path, body: { roles } }]))) return false;
    try {
      const { data } = await mutateAsync({
        url: `/api/admin/${path}`,
        method: 'patch',
        values: { roles, ...(reason ? { reason } : {}) },
        successNotification: false,
        errorNotification: false,
      });
      client.setQueryData(matrixKey(scope.resource('roles')), data as unknown as RoleMatrix);
      matrix.discard();
      notify({ key: 'change', tone: 'good', title: t('roles.matrix_saved', numbers) });
      await Promise.all([client.invalidateQueries(), refreshMe()]);
      return true;
    } catch (error) {
      const apiError = error as ApiError;
      setRejection(messageOf(apiError));
      if (apiError.statusCode === 412) await client.invalidateQueries();
      return false;
    }
  }

  return {
    action,
    save,
    busy: mutation.isPending || preview.checking,
    rejection,
    forget: () => setRejection(undefined),
    dialog: preview.dialog,
  };
}
