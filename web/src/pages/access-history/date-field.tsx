import { Button, Flex, Input } from 'antd';
import { useEffect, useState } from 'react';
import { addDays, dayOf } from '../../core/days.ts';
import { exactTime, timeZone } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';

type Props = {
  label: string;
  /** RFC 3339; undefined is now. */
  value: string | undefined;
  onChange: (at: string | undefined) => void;
};

const SOON = 600;

/** Formats a local time as datetime inputs do. */
const localTime = (at: Date) => `${dayOf(at)}T${at.toTimeString().slice(0, 8)}`;

/** A past date and time in the user's time zone, with presets. */
export function DateField({ label, value, onChange }: Props) {
  const { t } = useI18n();
  const shown = value ? localTime(new Date(value)) : '';
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  useEffect(() => {
    if (typed === shown) return;
    const timer = setTimeout(() => {
      const date = new Date(typed);
      if (!Number.isNaN(date.getTime())) onChange(date.toISOString());
    }, SOON);
    return () => clearTimeout(timer);
  }, [typed, shown, onChange]);
  const preset = (text: string, days: number) => (
    <Button
      key={text}
      type="link"
      size="small"
      onClick={() => onChange(days ? addDays(new Date(), -days).toISOString() : undefined)}
    >
      {text}
    </Button>
  );
  return (
    <Flex className="history-date" wrap align="center" gap="4px 10px">
      <span className="muted">{label}</span>
      <Input
        aria-label={label}
        type="datetime-local"
        step={1}
        value={typed}
        max={localTime(new Date())}
        title={value ? exactTime(value) : undefined}
        onChange={(event) => setTyped(event.target.value)}
      />
      <span className="muted">{timeZone()}</span>
      {preset(t('access_history.now'), 0)}
      {preset(t('access_history.yesterday'), 1)}
      {preset(t('access_history.week_ago'), 7)}
      {preset(t('access_history.month_ago'), 30)}
    </Flex>
  );
}
