import { useCustomMutation } from '@refinedev/core';
import { useQueryClient } from '@tanstack/react-query';
import type { RoleDetail } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../../api.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { useI18n } from '../../../i18n/i18n.ts';
import { usePreview } from '../../../preview/use-preview.tsx';
import { notify } from '../../../providers/notices.ts';
import { usePlace } from '../../../providers/place.tsx';
import { refreshMe } from '../../../providers/session.ts';
import type { MatrixRole } from './matrix-state.ts';
import { wantedCodes } from './matrix-state.ts';
import type { Matrix } from './use-matrix.ts';

export type Refused = { role: MatrixRole; text: string };

/** Saves the changed roles one after the other; what one of them is refused does not undo the others. */
export function useMatrixSave(matrix: Matrix) {
  const { t } = useI18n();
  const place = usePlace();
  const client = useQueryClient();
  const { mutateAsync } = useCustomMutation<Record<string, unknown>, ApiError, unknown>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused[]>([]);

  const changed = matrix.columns.map(({ role }) => role).filter((role) => matrix.edits.has(role.id));
  const numbers = { count: matrix.changes, n: matrix.changes, roles: inRoles(changed.length, t) };
  const action = t('roles.matrix_save', numbers);
  const name = changed.length === 1 && changed[0] ? changed[0].name : place.name;
  const preview = usePreview({ action, name });
  const resource = place.resource('roles');
  const bodyOf = (role: MatrixRole) => ({ permissions: wantedCodes(role, matrix.edits) });

  async function saveOne(role: MatrixRole, reason: string): Promise<Refused | undefined> {
    try {
      const { data } = await mutateAsync({
        url: `/api/admin/${resource}/${role.id}`,
        method: 'patch',
        values: { ...bodyOf(role), ...(reason ? { reason } : {}) },
        successNotification: false,
        errorNotification: false,
        config: { headers: { 'if-match': `"${role.version}"` } },
      });
      const saved = data as unknown as RoleDetail;
      client.setQueryData<RoleDetail[]>(['role-matrix', resource], (all) =>
        all?.map((each) => (each.id === saved.id ? saved : each)),
      );
      matrix.settle([role.id]);
      return undefined;
    } catch (error) {
      const refusal = error as ApiError;
      return { role, text: refusal.statusCode === 412 ? t('roles.matrix_stale') : errorText(refusal) };
    }
  }

  async function save(reason: string): Promise<boolean> {
    const planned = changed.map((role) => ({
      method: 'PATCH' as const,
      path: `${resource}/${role.id}`,
      body: bodyOf(role),
      version: role.version,
      title: role.name,
    }));
    if (!(await preview.agreed(planned))) return false;
    setBusy(true);
    const failed: Refused[] = [];
    for (const role of changed) {
      const refusal = await saveOne(role, reason);
      if (refusal) failed.push(refusal);
    }
    setRefused(failed);
    const count = matrix.changes - failed.reduce((sum, { role }) => sum + (matrix.edits.get(role.id)?.size ?? 0), 0);
    if (count > 0) {
      const roles = inRoles(changed.length - failed.length, t);
      notify({ key: 'change', tone: 'good', title: t('roles.matrix_saved', { count, n: count, roles }) });
    }
    await Promise.all([client.invalidateQueries(), refreshMe()]);
    setBusy(false);
    return failed.length === 0;
  }

  return {
    action,
    save,
    busy: busy || preview.checking,
    refused,
    forget: () => setRefused([]),
    dialog: preview.dialog,
  };
}

const inRoles = (count: number, t: ReturnType<typeof useI18n>['t']) => t('roles.matrix_in_roles', { count, n: count });
