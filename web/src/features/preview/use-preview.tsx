import { Button, Modal } from 'antd';
import type { Effect } from 'bff/contract';
import { useState } from 'react';
import { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { notify } from '../../providers/notifications.ts';
import type { PlannedChange } from './dry-run.ts';
import { dryRun, TYPED_ABOVE } from './dry-run.ts';
import { EffectView } from './effect-view.tsx';
import { TypedConfirmation } from './typed-confirmation.tsx';

type Planned = PlannedChange & { title?: string };
type Seen = { title: string | undefined; effect: Effect };
type Asked = { seen: Seen[]; answer: (agreed: boolean) => void };
type Labels = {
  /** Button label: verb and object. */
  action: string;
  /** The name to type when many members are affected. */
  name: string;
};

/** Shows the effect of a change before it is saved; asks only when a member is affected. */
export function usePreview(labels: Labels) {
  const [asked, setAsked] = useState<Asked>();
  const [checking, setChecking] = useState(false);

  /** Resolves to true when no member is affected or the user confirms. */
  async function agreed(changes: Planned[]): Promise<boolean> {
    setChecking(true);
    const seen: Seen[] = [];
    try {
      for (const { title, ...change } of changes) {
        const effect = await dryRun(change).catch(ignoreError);
        if (effect && effect.affected > 0) seen.push({ title, effect });
      }
    } catch (error) {
      notify({ key: 'change', tone: 'bad', title: errorText(error) });
      return false;
    } finally {
      setChecking(false);
    }
    if (seen.length === 0) return true;
    return new Promise((resolve) => {
      const answer = (yes: boolean) => {
        setAsked(undefined);
        resolve(yes);
      };
      setAsked({ seen, answer });
    });
  }

  return { agreed, checking, dialog: <PreviewDialog asked={asked} {...labels} /> };
}

/** An error of the dry run occurs again on saving, where it is shown at its field. */
function ignoreError(error: unknown): undefined {
  if (error instanceof ApiError && error.statusCode >= 400 && error.statusCode < 500) return undefined;
  throw error;
}

function PreviewDialog({ asked, ...labels }: Labels & { asked: Asked | undefined }) {
  const { t } = useI18n();
  return (
    <Modal
      open={asked !== undefined}
      title={t('preview.title')}
      footer={null}
      width={560}
      destroyOnHidden
      onCancel={() => asked?.answer(false)}
    >
      {asked ? <Question {...asked} {...labels} /> : null}
    </Modal>
  );
}

function Question({ seen, answer, action, name }: Asked & Labels) {
  const { t } = useI18n();
  const [typed, setTyped] = useState('');
  const affected = seen.reduce((sum, { effect }) => sum + effect.affected, 0);
  const mustType = affected > TYPED_ABOVE;
  return (
    <>
      {seen.map(({ title, effect }) => (
        <section key={title ?? ''} className="effect-part">
          {title ? <h3>{title}</h3> : null}
          <EffectView effect={effect} />
        </section>
      ))}
      {seen.length > 1 ? <p className="muted effect-note">{t('preview.counted_separately')}</p> : null}
      {mustType ? <TypedConfirmation name={name} typed={typed} onType={setTyped} /> : null}
      <div className="dialog-actions">
        <Button onClick={() => answer(false)}>{t('preview.back')}</Button>
        <Button type="primary" disabled={mustType && typed.trim() !== name} onClick={() => answer(true)}>
          {action}
        </Button>
      </div>
    </>
  );
}
