import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useOnReconnect } from '../../core/connection.ts';
import { type Failed, lazyWith } from '../../core/lazy.tsx';
import { LoadError } from '../../core/load.ts';
import { t } from '../../i18n/i18n.ts';
import { MessagePage } from './message-page.tsx';

/** A page that is loaded on its first visit. */
export const lazyPage = lazyWith(PageFailure);
/** A dialog that is loaded on first use, and whose errors do not reach the page below. */
export const lazyDialog = lazyWith(DialogFailure);
/** A control that is loaded on first use: a retry stands in its place. */
export const lazyPart = lazyWith((failed) => useFailure(failed).action);

function useFailure({ error, onRetry }: Failed) {
  const isLoadError = error instanceof LoadError;
  const isOutdated = isLoadError && error.isOutdated;
  useOnReconnect(isLoadError && !isOutdated ? onRetry : undefined);
  return {
    title: isOutdated ? t('shell.new_version') : isLoadError ? t('shell.part_missing') : t('shell.error_title'),
    text: isOutdated ? t('shell.new_version_text') : isLoadError ? t('error.offline') : t('shell.error_text'),
    action: isOutdated ? (
      <Button type="primary" onClick={() => location.reload()}>
        {t('shell.reload')}
      </Button>
    ) : (
      <Button type="primary" onClick={onRetry}>
        {t('entry.try_again')}
      </Button>
    ),
  };
}

function PageFailure(failed: Failed) {
  const { title, text, action } = useFailure(failed);
  // The boundary of all pages shows other errors, and ends them on navigation.
  if (!(failed.error instanceof LoadError)) throw failed.error;
  return <MessagePage title={title} text={text} actions={action} />;
}

function DialogFailure(failed: Failed) {
  const { title, text, action } = useFailure(failed);
  const dialog = useRef<HTMLDialogElement>(null);
  const { open, onClose, onRetry } = failed;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
  }, [open]);
  if (!open) return null;
  const close = () => {
    onClose?.();
    onRetry();
  };
  return (
    <dialog ref={dialog} className="over-page" aria-labelledby="load-failed" onClose={close}>
      <h2 id="load-failed">{title}</h2>
      <p>{text}</p>
      <p className="dialog-actions">
        <Button onClick={() => dialog.current?.close()}>{t('action.cancel')}</Button>
        {action}
      </p>
    </dialog>
  );
}
