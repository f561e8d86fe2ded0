import { Link } from 'react-router';
import { wholeNumber } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { usePlace } from '../../providers/tenant/tenant-scope.tsx';
import { Icon } from '../../ui/icon.tsx';
import { judge, type Verdict } from './health-status.ts';
import { useHasDirectory, useSyncHealth } from './use-sync.ts';

/** What the sync needs of its reader; nothing where they may not see it, or it is well. */
export function useSyncMatter(): Verdict | undefined {
  const mayRead = usePlace().may('sync:read').can;
  const hasDirectory = useHasDirectory() === true;
  const { record } = useSyncHealth('24h', mayRead && hasDirectory);
  const verdict = record ? judge(record) : undefined;
  return verdict?.tone === 'bad' || verdict?.tone === 'warn' ? verdict : undefined;
}

/** One line of "what needs you". */
export function SyncMatter({ verdict: { reason, tone, count, to } }: { verdict: Verdict }) {
  const { t } = useI18n();
  const place = usePlace();
  return (
    <li>
      <Link className="home-tenant tenant-name" to={place.to('sync')}>
        <Icon name="sync" />
        <span>{t('sync.matter_link')}</span>
      </Link>
      <Link className={`matter-${tone}`} to={place.to(to)}>
        {t(`sync.verdict_${reason}`, { count, n: wholeNumber(count) })}
      </Link>
    </li>
  );
}
