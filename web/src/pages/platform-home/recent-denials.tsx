import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { AuditTimeline } from '../../ui/audit/timeline.tsx';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What was refused in the last 24 hours, in all tenants. */
export function RecentDenials({ limit }: { limit: number }) {
  const { t } = useI18n();
  // Rounded to the minute, so that the query key is stable.
  const since = useMemo(() => new Date(Math.floor((Date.now() - DAY_MS) / MINUTE_MS) * MINUTE_MS).toISOString(), []);
  return (
    <AuditTimeline
      title={t('platform.denials')}
      filter={{ outcome: 'denied', 'createdAt[gte]': since }}
      limit={limit}
      everywhere
      empty={t('platform.no_denials')}
    />
  );
}
