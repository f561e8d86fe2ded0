import './timeline-strip.css';
import type { AccessTimeline } from 'bff/contract';
import type { CSSProperties } from 'react';
import { useEffect, useState } from 'react';
import { longDate, shortTime } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import { Section } from '../../ui/page/section.tsx';
import { useHistory } from './use-history.ts';

type Props = { userId: string; at: string | undefined; onChange: (at: string) => void };
const DAY = 86_400_000;
const SOON = 350;

/** A user's roles as bars over time, hatched while without effect, and a slider for the date. */
export function TimelineStrip({ userId, at, onChange }: Props) {
  const { t } = useI18n();
  const { record: timeline, error, retry } = useHistory<AccessTimeline>('timeline', { userId });
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!timeline) return <ListSkeleton rows={3} columns={1} />;
  if (timeline.assignments.length === 0) return null;
  return (
    <Section title={t('access_history.role_timeline')}>
      <Strip timeline={timeline} at={at} onChange={onChange} />
    </Section>
  );
}

function Strip({ timeline, at, onChange }: { timeline: AccessTimeline } & Omit<Props, 'userId'>) {
  const { t } = useI18n();
  const end = Date.parse(timeline.to);
  const start = Math.min(Date.parse(timeline.from), end - DAY);
  const position = (date: string | null) => {
    const share = ((date ? Date.parse(date) : end) - start) / (end - start);
    return Math.min(1, Math.max(0, share)) * 100;
  };
  const span = ({ from, until }: { from: string; until: string | null }): CSSProperties => ({
    left: `${position(from)}%`,
    width: `max(3px, ${position(until) - position(from)}%)`,
  });
  const labelOf = (label: string, { from, until }: { from: string; until: string | null }) =>
    until
      ? t('access_history.bar', { role: label, from: shortTime(from), until: shortTime(until) })
      : t('access_history.bar_open', { role: label, from: shortTime(from) });
  const rows = [...Map.groupBy(timeline.assignments, ({ role }) => role.id).values()];
  const pauses = timeline.interruptions.filter(({ until }) => !until || Date.parse(until) > start);
  return (
    <div className="strip" style={{ '--at': `${position(at ?? null)}%` } as CSSProperties}>
      <ul>
        {rows.map((bars) => (
          <li key={bars[0]?.role.id} className="strip-row">
            <span className="strip-name" title={bars[0]?.role.name}>
              {bars[0]?.role.name}
            </span>
            <span className="strip-track">
              {bars.map((bar) => (
                <span
                  key={bar.from}
                  className={bar.role.isOwner ? 'strip-bar strip-owner' : 'strip-bar'}
                  style={span(bar)}
                  title={labelOf(bar.role.name, bar)}
                >
                  <span className="visually-hidden">{labelOf(bar.role.name, bar)}</span>
                </span>
              ))}
              {pauses.map((pause) => (
                <span
                  key={`${pause.reason} ${pause.from}`}
                  className="strip-pause"
                  style={span(pause)}
                  title={labelOf(t(`access_history.pause_${pause.reason}`), pause)}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <DateSlider start={start} end={end} at={at} onChange={onChange} />
      <div className="strip-row strip-scale" aria-hidden="true">
        <span className="strip-name" />
        <span className="strip-dates">
          <span>{longDate(new Date(start).toISOString())}</span>
          <span>{t('access_history.now')}</span>
        </span>
      </div>
      {pauses.length > 0 ? (
        <ul className="strip-legend">
          {pauses.map((pause) => (
            <li key={`${pause.reason} ${pause.from}`}>
              <span className="strip-hatch" aria-hidden="true" />
              {labelOf(t(`access_history.pause_${pause.reason}`), pause)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Moves by pointer and keys; queries when it stops. */
function DateSlider({ start, end, at, onChange }: { start: number; end: number } & Omit<Props, 'userId'>) {
  const { t } = useI18n();
  const stored = at ? Date.parse(at) : end;
  const [moving, setMoving] = useState<number>();
  useEffect(() => {
    if (moving === undefined) return;
    const timer = setTimeout(() => {
      onChange(new Date(moving).toISOString());
      setMoving(undefined);
    }, SOON);
    return () => clearTimeout(timer);
  }, [moving, onChange]);
  const value = moving ?? stored;
  return (
    <div className="strip-row">
      <span className="strip-name muted">{t('access_history.date')}</span>
      <input
        type="range"
        className="strip-slider"
        min={start}
        max={end}
        step={Math.max(1000, Math.round((end - start) / 500))}
        value={Math.min(end, Math.max(start, value))}
        aria-label={t('access_history.date')}
        aria-valuetext={shortTime(new Date(value).toISOString())}
        onChange={(event) => setMoving(Number(event.target.value))}
      />
    </div>
  );
}
