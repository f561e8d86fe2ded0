import './notifications.css';
import { useEffect } from 'react';
import { useI18n } from '../i18n/i18n.ts';
import type { Notice } from '../providers/notifications.ts';
import { dismissNotification, useNotifications } from '../providers/notifications.ts';
import { Icon } from '../ui/icon.tsx';

/** Toasts; errors stay until they are dismissed. */
export function Notifications() {
  const notices = useNotifications();
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeView key={notice.key} notice={notice} />
      ))}
    </div>
  );
}

function NoticeView({ notice }: { notice: Notice }) {
  const { t } = useI18n();
  useEffect(() => {
    if (notice.tone === 'bad') return;
    const timer = setTimeout(() => dismissNotification(notice.key), 5000);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className={`notice notice-${notice.tone}`} role={notice.tone === 'bad' ? 'alert' : undefined}>
      <div>
        <p>{notice.title}</p>
        {notice.detail ? <p className="muted">{notice.detail}</p> : null}
        {notice.requestId ? <p className="muted mono">{t('entry.request_id', { id: notice.requestId })}</p> : null}
      </div>
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
