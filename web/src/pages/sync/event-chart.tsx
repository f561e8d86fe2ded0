import { Flex } from 'antd';
import type { SyncHealth } from 'bff/contract';
import { useId } from 'react';
import { Link } from 'react-router';
import { chartDay, chartHour } from '../../i18n/format.ts';
import { t, wholeNumber } from '../../i18n/i18n.ts';
import { useTenantScope } from '../../providers/tenant/tenant-scope.tsx';
import { Status } from '../../ui/chips/status-dot.tsx';
import { eventStatus } from './events/labels.ts';
import { NumberTable } from './number-table.tsx';

type Bucket = SyncHealth['buckets'][number];
type Counts = Record<(typeof KINDS)[number], number>;
const KINDS = ['applied', 'ignored', 'waiting', 'dead'] as const;
const statusOf = (kind: keyof Counts) => eventStatus[kind === 'waiting' ? 'received' : kind];
const colourOf = (kind: keyof Counts) => (kind === 'ignored' ? 'var(--line-strong)' : `var(--${statusOf(kind).tone})`);
const HEIGHT = 120;
const STEP = 10;
const TICKS = { '24h': 6, '7d': 7 };

const sumOf = (bucket: Bucket) => KINDS.reduce((sum, kind) => sum + bucket[kind], 0);
const countsOf = (of: (kind: keyof Counts) => number) =>
  Object.fromEntries(KINDS.map((kind) => [kind, wholeNumber(of(kind))])) as Record<keyof Counts, string>;

/** Events over time, stacked by status; a bar links to its events. */
export function EventChart({ health: { buckets, bucketSeconds, window } }: { health: SyncHealth }) {
  const scope = useTenantScope();
  const id = useId();
  const most = Math.max(1, ...buckets.map(sumOf));
  const total = countsOf((kind) => buckets.reduce((sum, bucket) => sum + bucket[kind], 0));
  const short = window === '24h' ? chartHour : chartDay;
  const long = (from: string) => `${chartDay(from)} ${chartHour(from)}`;
  const until = (from: string) => new Date(Date.parse(from) + bucketSeconds * 1000 - 1).toISOString();
  const events = ({ from }: Bucket) =>
    scope.to(`sync/events?${new URLSearchParams({ 'receivedAt[gte]': from, 'receivedAt[lte]': until(from) })}`);
  const every = Math.floor(buckets.length / TICKS[window]);
  const busy = buckets.filter((bucket) => sumOf(bucket) > 0);

  if (busy.length === 0) return <p className="muted empty-muted">{t('sync.chart_none')}</p>;
  return (
    <div className="event-chart">
      <Flex wrap gap="4px 20px" className="muted">
        {KINDS.map((kind) => (
          <span key={kind}>
            <Status {...statusOf(kind)} /> <b>{total[kind]}</b>
          </span>
        ))}
        <span>{t('sync.chart_peak', { n: most })}</span>
      </Flex>
      <svg
        aria-labelledby={`${id}-title ${id}-desc`}
        viewBox={`0 0 ${buckets.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <title id={`${id}-title`}>{t('sync.chart')}</title>
        <desc id={`${id}-desc`}>{t('sync.chart_desc', total)}</desc>
        {buckets.map((bucket, index) =>
          sumOf(bucket) === 0 ? null : (
            <Link key={bucket.from} to={events(bucket)} tabIndex={-1}>
              <title>{t('sync.chart_bar', { when: long(bucket.from), ...countsOf((kind) => bucket[kind]) })}</title>
              <rect className="event-hit" x={index * STEP} width={STEP} height={HEIGHT} fill="transparent" />
              <Bar bucket={bucket} x={index * STEP} scale={HEIGHT / most} />
            </Link>
          ),
        )}
      </svg>
      <Flex justify="space-between" className="event-ticks muted" aria-hidden="true">
        {buckets
          .filter((_, index) => index % every === 0)
          .map(({ from }) => (
            <span key={from}>{short(from)}</span>
          ))}
      </Flex>
      <details>
        <summary className="muted">{t('sync.chart_table')}</summary>
        <NumberTable
          head={[t('sync.chart_time'), ...KINDS.map((kind) => t(statusOf(kind).label))]}
          rows={busy.map((bucket) => ({
            key: bucket.from,
            label: <Link to={events(bucket)}>{long(bucket.from)}</Link>,
            numbers: KINDS.map((kind) => bucket[kind]),
          }))}
        />
      </details>
    </div>
  );
}

/** Dead and waiting events at the bottom, where a few stay visible below many applied ones. */
function Bar({ bucket, x, scale }: { bucket: Bucket; x: number; scale: number }) {
  let top = HEIGHT;
  return KINDS.toReversed().map((kind) => {
    if (bucket[kind] === 0) return null;
    const height = Math.max(2, bucket[kind] * scale);
    top -= height;
    return <rect key={kind} fill={colourOf(kind)} x={x + 1.5} y={top} width={STEP - 3} height={height} />;
  });
}
