import type { SessionInfo } from 'bff/contract';
import { t } from '../../i18n/i18n.ts';

type Demo = NonNullable<SessionInfo['demo']>;
type Props = { demo: Demo; onChoose: (fill: { email: string; password: string }) => void };

/** The demo accounts; a click fills the form. */
export function DemoAccounts({ demo: { accounts, password }, onChoose }: Props) {
  return (
    <section className="entry-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('entry.demo_title')}</h2>
      <p className="muted">{t('entry.demo_hint')}</p>
      {accounts.map(({ email, role, tenant }) => (
        <button key={email} type="button" className="entry-option" onClick={() => onChoose({ email, password })}>
          <span>{t(`entry.demo_${role}`, { tenant: tenant ?? '' })}</span>
          <span className="muted">{email}</span>
        </button>
      ))}
    </section>
  );
}
