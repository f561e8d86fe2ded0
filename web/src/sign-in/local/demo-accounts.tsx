import './demo-accounts.css';
import { useI18n } from '../../i18n/i18n.ts';

type Demo = { password: string; accounts: { email: string; label: string }[] };

/** The demo accounts; a click fills the form. */
export default function DemoAccounts({
  demo,
  onChoose,
}: {
  demo: Demo;
  onChoose: (fill: { email: string; password: string }) => void;
}) {
  const { t } = useI18n();
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('entry.demo_title')}</h2>
      <p>{t('entry.demo_hint')}</p>
      <ul>
        {demo.accounts.map(({ email, label }) => (
          <li key={email}>
            <button type="button" onClick={() => onChoose({ email, password: demo.password })}>
              <span>{label}</span>
              <span className="muted">{email}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
