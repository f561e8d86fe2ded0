import 'dayjs/locale/fr';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';

type Props = {
  label: string;
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined, to: string | undefined) => void;
};

/** antd's date range, opened; either end may be left out. */
export default function PeriodPicker({ label, from, to, onChange }: Props) {
  const dayOf = (iso: string | undefined) => (dayjs(iso ?? '').isValid() ? dayjs(iso) : null);
  return (
    <DatePicker.RangePicker
      autoFocus
      defaultOpen
      variant="borderless"
      allowEmpty
      aria-label={label}
      value={[dayOf(from), dayOf(to)]}
      onChange={(days) => onChange(days?.[0]?.startOf('day').toISOString(), days?.[1]?.endOf('day').toISOString())}
    />
  );
}
