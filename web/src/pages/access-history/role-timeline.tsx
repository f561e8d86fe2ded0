import { Slider } from 'antd';
import type { AccessTimeline } from 'bff/contract';
import type { CSSProperties } from 'react';
import { useState } from 'react';
import { useAccess } from '../../features/access/use-access.ts';
import { shortDate, shortTime } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { roleName } from '../../i18n/role-name.ts';
import { Loaded } from '../../ui/page/record-page.tsx';
import { Section } from '../../ui/page/section.tsx';

type Props = { userId: string; at: string | undefined; onChange: (at: string) => void };
const DAY = 86_400_000;

/** A user's roles as bars over time, hatched while without effect, and a slider for the date. */
export function RoleTimeline({ userId, at, onChange }: Props) {
  const found = useAccess<AccessTimeline>('timeline', { userId });
  return (
    <Loaded found={found} rows={3} columns={1}>
      {(timeline) =>
        timeline.assignments.length === 0 ? null : (
          <Section title={t('access_history.role_timeline')}>
            <Strip timeline={timeline} at={at} onChange={onChange} />
          </Section>
        )
      }
    </Loaded>
  );
}

function Strip({ timeline, at, onChange }: { timeline: AccessTimeline } & Omit<Props, 'userId'>) {
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
    <div style={{ '--at': `${position(at ?? null)}%` } as CSSProperties}>
      <ul className="history-timeline">
        {rows.map((bars) => (
          <li key={bars[0]?.role.id}>
            <span className="clip">{bars[0] ? roleName(bars[0].role) : null}</span>
            <div className="history-track">
              {bars.map((bar) => (
                <span key={bar.from} style={span(bar)} title={labelOf(roleName(bar.role), bar)}>
                  <span className="visually-hidden">{labelOf(roleName(bar.role), bar)}</span>
                </span>
              ))}
              {pauses.map((pause) => (
                <span
                  key={`${pause.reason} ${pause.from}`}
                  className="history-pause"
                  style={span(pause)}
                  title={labelOf(t(`access_history.pause_${pause.reason}`), pause)}
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
      <DateSlider start={start} end={end} at={at} onChange={onChange} />
      {pauses.map((pause) => (
        <p key={`${pause.reason} ${pause.from}`} className="muted">
          {labelOf(t(`access_history.pause_${pause.reason}`), pause)}
        </p>
      ))}
    </div>
  );
}

/** Moves by pointer and keys; queries when it stops. */
function DateSlider({ start, end, at, onChange }: { start: number; end: number } & Omit<Props, 'userId'>) {
  const [moving, setMoving] = useState<number>();
  const shown = moving ?? (at ? Date.parse(at) : end);
  const format = (instant = start) => shortTime(new Date(instant).toISOString());
  return (
    <div className="history-slider">
      <span className="muted">{shortDate(new Date(start).toISOString())}</span>
      <Slider
        min={start}
        max={end}
        step={Math.max(1000, Math.round((end - start) / 500))}
        value={Math.min(end, Math.max(start, shown))}
        ariaLabelForHandle={t('access_history.date')}
        ariaValueTextFormatterForHandle={format}
        tooltip={{ formatter: format }}
        onChange={setMoving}
        onChangeComplete={(instant) => {
          setMoving(undefined);
          onChange(new Date(instant).toISOString());
        }}
      />
    </div>
  );
}
