import { useQueryClient } from '@tanstack/react-query';
import type { RoleMatrix, StaleRoles } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../../core/api.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { t, wholeNumber } from '../../../i18n/i18n.ts';
import { useChange } from '../../../providers/data/use-change.ts';
import { useTenantScope } from '../../../providers/tenant/tenant-scope.tsx';
import type { PlannedChange } from '../../../ui/dialog/dry-run.ts';
import { grantsWithEdits, noEdits } from './state.ts';
import { type Matrix, matrixKey } from './use-matrix.ts';

/** Saves all edits in one atomic request, and closes what asked for it. */
export function useMatrixSave({ columns, edits, replaceEdits }: Matrix, close: () => void) {
  const scope = useTenantScope();
  const client = useQueryClient();
  const { send } = useChange();
  /** Why the last save was rejected. */
  const [rejection, setRejection] = useState<string>();

  const changed = columns.map(({ role }) => role).filter(({ id }) => edits.has(id));
  const path = `${scope.resource('roles')}/matrix`;
  const roles = changed.map((role) => ({
    roleId: role.id,
    version: role.version,
    permissions: grantsWithEdits(role, edits),
  }));
  const planned: PlannedChange[] = roles.length > 0 ? [{ method: 'patch', path, body: { roles } }] : [];

  /** Returns the message; a field error names the role by its index in the request. */
  function messageOf(error: ApiError): string {
    if (error.statusCode === 412) {
      const stale = (error.problem.current ?? []) as StaleRoles;
      const messages = stale.map(({ name, seenVersion, version }) =>
        t('roles.matrix_stale_role', { role: name, seen: seenVersion, version }),
      );
      return [...messages, t('roles.matrix_stale')].join(' ');
    }
    const at = Object.keys(error.errors).find((field) => field.startsWith('roles.'));
    const role = at ? changed[Number(at.split('.')[1])]?.name : undefined;
    return role ? `${role}: ${errorText(error)}` : errorText(error);
  }

  const all = [...edits.values()].flatMap((codes) => [...codes.values()]);
  const added = all.filter(Boolean).length;
  const counts = [
    added > 0 ? `+${wholeNumber(added)}` : '',
    all.length > added ? `−${wholeNumber(all.length - added)}` : '',
  ];
  const inRoles = t('roles.matrix_in_roles', { count: changed.length });
  const numbers = { count: all.length, roles: inRoles };

  return {
    planned,
    /** Resolves also when the server rejects them: the page then shows why, above the edits. */
    async save(reason: string | undefined) {
      setRejection(undefined);
      await send<RoleMatrix>({
        method: 'patch',
        path,
        body: { roles, ...(reason ? { reason } : {}) },
        done: t('roles.matrix_saved', numbers),
        onDone: (saved) => {
          client.setQueryData(matrixKey(scope.resource('roles')), saved);
          close();
          replaceEdits(noEdits);
        },
        onError: (error) => {
          setRejection(messageOf(error));
          return true;
        },
      });
      return true;
    },
    rejection,
    forget: () => setRejection(undefined),
    labels: {
      summary: t('roles.matrix_summary', { changes: counts.filter(Boolean).join(' '), roles: inRoles }),
      save: t('roles.matrix_save', numbers),
      discarded: t('roles.matrix_discarded', { count: all.length }),
    },
    confirmName: changed.length === 1 && changed[0] ? changed[0].name : scope.name,
  };
}
