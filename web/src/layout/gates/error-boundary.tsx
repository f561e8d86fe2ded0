import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { t } from '../../i18n/i18n.ts';
import { MessagePage } from '../../ui/feedback/message-page.tsx';

type Props = { children: ReactNode; resetOn: string };

/** Contains an error to its page; navigation resets it. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.resetOn !== this.props.resetOn) this.setState({ failed: false });
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const reload = <Button onClick={() => location.reload()}>{t('shell.reload')}</Button>;
    return <MessagePage title={t('shell.error_title')} text={t('shell.error_text')} actions={reload} />;
  }
}
