import { Button, Flex } from 'antd';
import { useEffect, useRef } from 'react';
import { useOnReconnect } from '../../core/connection.ts';
import { type Failed, lazyWith } from '../../core/lazy.tsx';
import { LoadError } from '../../core/load.ts';
import { t } from '../../i18n/i18n.ts';
import { MessagePage } from './message-page.tsx';

/** A page that is loaded on its first visit. */
export const lazyPage = lazyWith(PageFailure);
/** A dialog that is loaded on first use, and whose errors do not reach the page below. */
export const lazyDialog = lazyWith(DialogFailure, null);
/** A control that is loaded on first use: a retry stands in its place. */
export const lazyPart = lazyWith((failed) => useFailure(failed).action);

function useFailure({ error, onRetry }: Failed) {
  const isMissing = error instanceof LoadError && !error.isOutdated;
  const isOutdated = error instanceof LoadError && error.isOutdated;
  useOnReconnect(isMissing ? onRetry : undefined);
  return {
    title: t(isMissing ? 'shell.part_missing' : isOutdated ? 'shell.new_version' : 'shell.error_title'),
    text: t(isMissing ? 'error.offline' : isOutdated ? 'shell.new_version_text' : 'shell.error_text'),
    action: (
      <Button type="primary" onClick={isMissing ? onRetry : () => location.reload()}>
        {t(isMissing ? 'entry.try_again' : 'shell.reload')}
      </Button>
    ),
  };
}

/** Shown in place of a page whose code could not be loaded, or that broke. */
export function PageFailure(failed: Failed) {
  const { title, text, action } = useFailure(failed);
  return <MessagePage title={title} text={text} actions={action} />;
}

function DialogFailure(failed: Failed) {
  const { title, text, action } = useFailure(failed);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    failed.onClose?.();
    failed.onRetry();
  };
  return (
    <dialog ref={dialog} className="over-page" aria-labelledby="load-failed" onClose={close}>
      <h2 id="load-failed">{title}</h2>
      <p>{text}</p>
      <Flex justify="flex-end" gap={8} style={{ marginTop: 20 }}>
        <Button onClick={() => dialog.current?.close()}>{t('action.cancel')}</Button>
        {action}
      </Flex>
    </dialog>
  );
}
