import { Button, Flex } from 'antd';
import { useState } from 'react';
import { t } from '../../../i18n/i18n.ts';
import { roleName } from '../../../i18n/role-name.ts';
import { notify } from '../../../providers/notifications.ts';
import { PermissionTag } from '../../../ui/chips/permission-tag.tsx';
import { ActionDialog } from '../../../ui/dialog/action-dialog.tsx';
import { type Impact, useImpact } from '../../../ui/dialog/dry-run.ts';
import { LeaveGuard } from '../../../ui/dialog/leave-guard.tsx';
import { Note } from '../../../ui/feedback/note.tsx';
import { noEdits } from './state.ts';
import type { Matrix } from './use-matrix.ts';
import { useMatrixSave } from './use-matrix-save.ts';

/** Unsaved edits: what they do, discard, save. Always mounted, so that the first edit is as fast as the others. */
export function MatrixBar({ matrix }: { matrix: Matrix }) {
  const [isAsked, setAsked] = useState(false);
  const close = () => setAsked(false);
  const { planned, save, rejection, forget, labels, confirmName } = useMatrixSave(matrix, close);
  const impact = useImpact(planned, isAsked);
  const { edits } = matrix;
  const isOpen = edits.size > 0;
  function discard() {
    matrix.replaceEdits(noEdits);
    forget();
    notify({ tone: 'good', title: labels.discarded, undo: () => matrix.replaceEdits(edits) });
  }
  return (
    <>
      {rejection && isOpen ? (
        <Note tone="bad">
          <span role="alert">
            <strong>{t('roles.matrix_rejected')}</strong> {rejection}
          </span>
        </Note>
      ) : null}
      <Flex
        component="section"
        wrap
        align="center"
        gap={8}
        className="matrix-bar bottom-bar"
        hidden={!isOpen}
        aria-label={t('roles.matrix_unsaved')}
      >
        <p aria-live="polite">
          <strong>{labels.summary}</strong> <ImpactSummary impact={impact} />
        </p>
        <Button onClick={discard}>{t('roles.matrix_discard')}</Button>
        <Button type="primary" onClick={() => setAsked(true)}>
          {labels.save}
        </Button>
      </Flex>
      {isAsked ? (
        <ActionDialog
          title={labels.save}
          action={labels.save}
          reason
          changes={planned}
          confirmName={confirmName}
          onConfirm={save}
          onClose={close}
        >
          <MatrixEdits matrix={matrix} />
        </ActionDialog>
      ) : null}
      <LeaveGuard active={isOpen && !isAsked} />
    </>
  );
}

/** "16 users gain access" */
function ImpactSummary({ impact: { effects = [], isStale, error } }: { impact: Impact }) {
  const [effect] = effects;
  if (!effect || error) return null;
  const { affected, gains, loses } = effect;
  const kind =
    affected === 0
      ? 'none'
      : loses.length === 0 && gains.length > 0
        ? 'gain'
        : gains.length === 0 && loses.length > 0
          ? 'lose'
          : 'differ';
  return <span className={isStale ? 'muted' : undefined}>{t(`roles.matrix_${kind}`, { count: affected })}</span>;
}

/** The unsaved edits by role: "+ courses:read". */
function MatrixEdits({ matrix: { columns, edits } }: { matrix: Matrix }) {
  return columns.map(({ role }) => {
    const changes = [...(edits.get(role.id) ?? [])];
    return changes.length === 0 ? null : (
      <section key={role.id}>
        <strong>
          <bdi>{roleName(role)}</bdi>
        </strong>
        <ul>
          {changes.map(([code, isOn]) => (
            <li key={code} className={isOn ? 'impact-gains' : 'impact-loses'}>
              {isOn ? '+ ' : '− '}
              <PermissionTag code={code} />
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
