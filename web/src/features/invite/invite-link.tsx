import './invite.css';
import { Button } from 'antd';
import type { InvitationCreated } from 'bff/contract';
import { shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { CopyButton } from '../../ui/form/copy-button.tsx';

type Props = { invitation: InvitationCreated; onAnother: () => void; onClose: () => void };

/** The link is not stored and cannot be shown again. */
export function InviteLink({ invitation, onAnother, onClose }: Props) {
  const { t } = useI18n();
  const { acceptUrl, deliveryStatus, expiresAt } = invitation;
  const sent = deliveryStatus !== 'not-configured';
  return (
    <>
      <p className="dialog-text">{t(sent ? 'invite.link_sent' : 'invite.link_not_sent')}</p>
      {acceptUrl ? (
        <div className="invite-link">
          <input readOnly aria-label={t('invite.link')} value={acceptUrl} onFocus={(event) => event.target.select()} />
          <CopyButton text={acceptUrl} label={t('invite.copy_link')} primary />
        </div>
      ) : null}
      <p className="dialog-text">
        {t(acceptUrl ? 'invite.link_shown_once' : 'invite.link_already_shown', { date: shortTime(expiresAt) })}
      </p>
      <div className="dialog-actions">
        <Button onClick={onAnother}>{t('invite.another')}</Button>
        <Button onClick={onClose}>{t('action.done')}</Button>
      </div>
    </>
  );
}
