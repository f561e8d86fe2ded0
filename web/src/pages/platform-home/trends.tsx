import { useQuery } from '@tanstack/react-query';
import type { Trends as Answer } from 'bff/contract';
import { Link } from 'react-router';
import { type ApiError, request } from '../../core/api.ts';
import { t, wholeNumber } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';

const TILES = ['tenants', 'users', 'staff'] as const;

/** Tenants, users and staff, and how many came in the last 30 days. */
export function Trends() {
  const { data, error, refetch } = useQuery<Answer, ApiError>({
    queryKey: ['trends'],
    queryFn: ({ signal }) => request('GET', '/api/admin/trends', { signal }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <dl className="figures" aria-label={t('platform.totals')}>
      {TILES.map((tile) => (data?.[tile] === null ? null : <Tile key={tile} tile={tile} trend={data?.[tile]} />))}
    </dl>
  );
}

type TileProps = { tile: (typeof TILES)[number]; trend: Answer['users'] | undefined };

function Tile({ tile, trend }: TileProps) {
  const scope = useTenantScope();
  const added = trend?.perDay.reduce((sum, count) => sum + count, 0) ?? 0;
  return (
    <div>
      <dt>
        <Link to={scope.to(tile)}>{t(`platform.${tile}`, { count: trend?.total ?? 2 })}</Link>
      </dt>
      <dd>{trend ? wholeNumber(trend.total) : '…'}</dd>
      <dd className="second">
        {trend ? t(added > 0 ? 'platform.recent' : 'platform.none_recent', { n: added }) : null}
      </dd>
      <dd aria-hidden="true">{trend ? <Sparkline total={trend.total} perDay={trend.perDay} /> : null}</dd>
    </div>
  );
}

/** The total at the end of each day. */
function Sparkline({ total, perDay }: NonNullable<TileProps['trend']>) {
  const before = total - perDay.reduce((sum, count) => sum + count, 0);
  let sum = before;
  const totals = perDay.map((count) => {
    sum += count;
    return sum;
  });
  const span = Math.max(1, total - before);
  const points = totals.map(
    (each, day) => `${(day / (perDay.length - 1)) * 100},${27 - ((each - before) / span) * 24}`,
  );
  return (
    <svg className="sparkline" viewBox="0 0 100 30" preserveAspectRatio="none" role="presentation">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
