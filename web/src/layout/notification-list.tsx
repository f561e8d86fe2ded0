import './notifications.css';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { t } from '../i18n/i18n.ts';
import type { Notice } from '../providers/notifications.ts';
import { dismissNotification, dismissOtherPages, useNotifications } from '../providers/notifications.ts';
import { RequestId } from '../ui/feedback/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';

const SHOWN_MS = 5_000;
const SHOWN_WITH_UNDO_MS = 10_000;

/** Toasts; errors stay until they are dismissed, and each vanishes with its page. */
export function Notifications() {
  const notices = useNotifications();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each path is another page.
  useEffect(dismissOtherPages, [pathname]);
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeView key={notice.key} notice={notice} />
      ))}
    </div>
  );
}

function NoticeView({ notice }: { notice: Notice }) {
  // It stays while it is pointed at or has the focus.
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (notice.tone === 'bad' || held) return;
    const timer = setTimeout(() => dismissNotification(notice.key), notice.undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, held]);
  const hold = (next: boolean) => () => setHeld(next);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is pointed at or has the focus.
    <div
      className={`notice tone-${notice.tone}`}
      role={notice.tone === 'bad' ? 'alert' : undefined}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      <div>
        <p>{notice.title}</p>
        {notice.detail ? <p className="muted">{notice.detail}</p> : null}
        {notice.requestId ? <RequestId id={notice.requestId} /> : null}
      </div>
      {notice.undo ? (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            dismissNotification(notice.key);
            notice.undo?.();
          }}
        >
          {t('action.undo')}
        </button>
      ) : null}
      <button
        type="button"
        className="icon-button"
        aria-label={t('action.dismiss')}
        onClick={() => dismissNotification(notice.key)}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
