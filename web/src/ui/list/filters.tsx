import { dayOf, endOfDay, startOfDay } from '../../core/days.ts';
import { SearchField } from '../form/search-field.tsx';
import './filters.css';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { Icon } from '../icon.tsx';

/** Searches while typing, debounced. */
export function SearchBox({ state, label }: { state: ListState; label: string }) {
  const [text, setText] = useState(state.q);
  const written = useRef(state.q);
  useEffect(() => {
    // The URL changed otherwise (Back, a link, "clear filters"): it wins.
    if (state.q !== written.current) setText(state.q);
    written.current = state.q;
  }, [state.q]);
  const set = useRef(state.set);
  set.current = state.set;
  useEffect(() => {
    if (text === written.current) return;
    const timer = setTimeout(() => {
      const first = written.current === '';
      written.current = text;
      set.current({ q: text }, { replace: !first });
    }, 250);
    return () => clearTimeout(timer);
  }, [text]);
  return <SearchField value={text} label={label} onChange={setText} />;
}

type SelectProps = {
  state: ListState;
  /** The filter's name in the URL and the API. */
  name: string;
  label: string;
  options: { value: string; label: string }[];
};

/** A select filter; the first option clears it. */
export function FilterSelect({ state, name, label, options }: SelectProps) {
  const { t } = useI18n();
  const value = state.filters[name] ?? '';
  return (
    <span className={value ? 'filter-select filter-on' : 'filter-select'}>
      <select aria-label={label} value={value} onChange={(event) => state.set({ [name]: event.target.value })}>
        <option value="">{t('list.all', { label })}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron" size={16} />
    </span>
  );
}

/** A date as one end of a range, inclusive, in the user's time zone. */
export function FilterDay({
  state,
  name,
  label,
  end,
}: {
  state: ListState;
  name: string;
  label: string;
  end: 'from' | 'to';
}) {
  const value = state.filters[name];
  const day = value ? new Date(value) : undefined;
  const edgeOf = end === 'from' ? startOfDay : endOfDay;
  const shown = day && !Number.isNaN(day.getTime()) ? dayOf(day) : '';
  return (
    <label className={shown ? 'filter-day filter-on' : 'filter-day'}>
      <span>{label}</span>
      <input
        type="date"
        value={shown}
        onChange={({ target }) => state.set({ [name]: edgeOf(target.value) ?? undefined }, { replace: true })}
      />
    </label>
  );
}
