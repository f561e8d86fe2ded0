import { Select } from 'antd';
import { t } from '../../i18n/i18n.ts';

export type Choice = { value: string; label: string };
export type ChoiceProps = { label: string; value: string; options: Choice[]; onChange: (value: string) => void };

/** antd's select, opened; its first option clears the filter. */
export default function ChoiceSelect({ label, value, options, onChange }: ChoiceProps) {
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
