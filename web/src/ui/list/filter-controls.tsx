import 'dayjs/locale/fr';
import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { useI18n } from '../../i18n/i18n.ts';

export type Choice = { value: string; label: string };
export type ChoiceProps = { label: string; value: string; options: Choice[]; onChange: (value: string) => void };

/** antd's select, opened; its first option clears the filter. */
export function ChoiceSelect({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useI18n();
  const all = { value: '', label: t('list.all', { label }) };
  return (
    <Select
      autoFocus
      defaultOpen
      variant="borderless"
      popupMatchSelectWidth={false}
      aria-label={label}
      value={value}
      options={options.some((option) => option.value === '') ? options : [all, ...options]}
      onChange={onChange}
    />
  );
}

type PeriodProps = {
  label: string;
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined, to: string | undefined) => void;
};

/** antd's date range, opened; either end may be left out. */
export function PeriodPicker({ label, from, to, onChange }: PeriodProps) {
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
