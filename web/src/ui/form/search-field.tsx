import './search-field.css';
import { Icon } from '../icon.tsx';

type Props = { value: string; label: string; onChange: (text: string) => void };

/** A search input; Enter does not submit the form. */
export function SearchField({ value, label, onChange }: Props) {
  return (
    <div className="search-box">
      <Icon name="search" size={16} />
      <input
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        maxLength={200}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
    </div>
  );
}
