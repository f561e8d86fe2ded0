import { Button, Flex } from 'antd';
import { addDays } from '../../core/days.ts';
import { timeZone } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { DateField } from '../../ui/form/date-field.tsx';

type Props = {
  label: string;
  /** RFC 3339; undefined is now. */
  value: string | undefined;
  onChange: (at: string | undefined) => void;
};

/** A past date and time in the user's time zone, with presets. */
export function PastDate({ label, value, onChange }: Props) {
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
      <DateField
        edge="time"
        label={label}
        placeholder={t('access_history.now')}
        max={new Date().toISOString()}
        value={value ?? null}
        onChange={(at) => onChange(at ?? undefined)}
      />
      <span className="muted">{timeZone()}</span>
      {preset(t('access_history.now'), 0)}
      {preset(t('access_history.yesterday'), 1)}
      {preset(t('access_history.week_ago'), 7)}
      {preset(t('access_history.month_ago'), 30)}
    </Flex>
  );
}
