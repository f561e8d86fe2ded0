import { useContext, useEffect, useState } from 'react';
import { UNSAFE_NavigationContext, useLocation } from 'react-router';
import { useI18n } from '../../i18n/i18n.ts';
import { ConfirmDialog } from '../feedback/confirm-dialog.tsx';
import { guardHistory } from './history-guard.ts';

type To = string | { pathname?: string };
const pathOf = (to: To) => (typeof to === 'string' ? to.split(/[?#]/)[0] : to.pathname);
const position = (state: unknown) => Number((state as { idx?: number } | null)?.idx ?? 0);

/** Confirms leaving a page with unsaved changes: by a link, Back, or closing the tab. */
export function LeaveGuard({ active }: { active: boolean }) {
  const { t } = useI18n();
  const { navigator } = useContext(UNSAFE_NavigationContext);
  const { pathname, key } = useLocation();
  const [leave, setLeave] = useState<() => void>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: each entry of the history (key) has its own position.
  useEffect(() => {
    if (!active) return;
    const { push, replace } = navigator;
    const here = position(history.state);
    const asking =
      (go: typeof push): typeof push =>
      (to, ...rest) => {
        const path = pathOf(to as To);
        if (!path || path === pathname) go(to, ...rest);
        else setLeave(() => () => go(to, ...rest));
      };
    navigator.push = asking(push);
    navigator.replace = asking(replace);

    function onBack(event: PopStateEvent) {
      const steps = position(event.state) - here;
      event.stopImmediatePropagation();
      if (steps === 0) return;
      history.go(-steps);
      setLeave(() => () => {
        guardHistory(undefined);
        history.go(steps);
      });
    }
    const onClose = (event: BeforeUnloadEvent) => event.preventDefault();
    guardHistory(onBack);
    addEventListener('beforeunload', onClose);
    return () => {
      navigator.push = push;
      navigator.replace = replace;
      guardHistory(undefined);
      removeEventListener('beforeunload', onClose);
    };
  }, [active, navigator, pathname, key]);

  return (
    <ConfirmDialog
      open={leave !== undefined}
      title={t('form.discard_title')}
      action={t('form.discard')}
      cancel={t('form.keep_editing')}
      danger
      onConfirm={async () => leave?.()}
      onClose={() => setLeave(undefined)}
    >
      {null}
    </ConfirmDialog>
  );
}
