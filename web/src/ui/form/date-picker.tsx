import 'dayjs/locale/fr';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { shortDate } from '../../i18n/format.ts';

export type DateFieldProps = {
  /** Set by a label, such as Form.Item's. */
  id?: string;
  label?: string;
  placeholder?: string;
  /** Which instant of the day it takes and gives; "time" asks for the time too. */
  edge: 'start' | 'end' | 'time';
  /** The earliest and the latest day that can be chosen. */
  min?: string;
  max?: string;
  value?: string | null;
  onChange?: (instant: string | null) => void;
  isInvalid?: boolean;
};

/** The formats that may be typed, besides the shown one. */
const DAY = ['D MMM YYYY', 'YYYY-MM-DD', 'DD/MM/YYYY'];
const TIME = [
  'D MMM YYYY HH:mm:ss',
  'YYYY-MM-DD HH:mm:ss',
  'YYYY-MM-DDTHH:mm:ss',
  'YYYY-MM-DD HH:mm',
  'DD/MM/YYYY HH:mm',
  ...DAY,
];

/** As the dates around it: "3 Dec 2026", in the United States "Dec 3, 2026". */
const shownDay = () => (/^\d/.test(shortDate('2026-12-03')) ? 'D MMM YYYY' : 'MMM D, YYYY');

export default function DayPicker({ label, edge, min, max, value, onChange, isInvalid, ...picker }: DateFieldProps) {
  const instant = (day: dayjs.Dayjs) =>
    edge === 'time' ? day : edge === 'start' ? day.startOf('day') : day.endOf('day');
  return (
    <DatePicker
      {...picker}
      aria-label={label}
      style={{ width: 190 }}
      format={edge === 'time' ? [`${shownDay()} HH:mm:ss`, ...TIME] : [shownDay(), ...DAY]}
      showTime={edge === 'time'}
      showNow={false}
      needConfirm={false}
      value={value ? dayjs(value) : null}
      {...(min ? { minDate: dayjs(min) } : {})}
      {...(max ? { maxDate: dayjs(max) } : {})}
      {...(isInvalid ? { status: 'error' as const } : {})}
      onChange={(day) => onChange?.(day === null ? null : instant(day).toISOString())}
    />
  );
}
