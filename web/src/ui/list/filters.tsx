import './filters.css';
import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { formatPeriod } from '../../i18n/format.ts';
import { useI18n } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { SearchField } from '../form/search-field.tsx';
import { Icon } from '../icon.tsx';
import type { Choice, ChoiceProps } from './choice-select.tsx';

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

const loadSelect = () => import('./choice-select.tsx');
const loadPicker = () => import('./period-picker.tsx');
const ChoiceSelect = lazy(loadSelect);
const PeriodPicker = lazy(loadPicker);

type FaceProps = {
  label: string;
  /** What is chosen; undefined for all. */
  chosen: string | undefined;
  load: () => Promise<unknown>;
  /** antd's control, opened. */
  children: ReactNode;
};

/** A filter before it is opened: antd's controls are 26 kB and more, which no list waits for. */
export function FilterFace({ label, chosen, load, children }: FaceProps) {
  const { t } = useI18n();
  const [isAsked, setAsked] = useState(false);
  const face = (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={chosen === undefined ? undefined : `${label}: ${chosen}`}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setAsked(true)}
    >
      <span>{chosen ?? t('list.all', { label })}</span>
      <Icon name="chevron" size={16} />
    </button>
  );
  return (
    <span className={chosen === undefined ? 'filter' : 'filter filter-on'}>
      {isAsked ? <Suspense fallback={face}>{children}</Suspense> : face}
    </span>
  );
}

/** Chooses one of a few values; the value "" stands for all. */
export function ChoiceFilter(props: ChoiceProps) {
  const { label, value, options } = props;
  const chosen = options.find((option) => option.value === value)?.label;
  return (
    <FilterFace label={label} chosen={value === '' ? undefined : (chosen ?? value)} load={loadSelect}>
      <ChoiceSelect {...props} />
    </FilterFace>
  );
}

type SelectProps = {
  state: ListState;
  /** The filter's name in the URL and the API. */
  name: string;
  label: string;
  options: Choice[];
};

/** A filter by one field of the API. */
export function FilterSelect({ state, name, ...choice }: SelectProps) {
  return (
    <ChoiceFilter {...choice} value={state.filters[name] ?? ''} onChange={(value) => state.set({ [name]: value })} />
  );
}

/** The filters [gte] and [lte] of a time: whole days in the user's time zone. */
export function FilterPeriod({ state, name }: { state: ListState; name: string }) {
  const { t } = useI18n();
  const [from, to] = [state.filters[`${name}[gte]`], state.filters[`${name}[lte]`]];
  return (
    <FilterFace label={t('list.period')} chosen={formatPeriod(from, to)} load={loadPicker}>
      <PeriodPicker
        label={t('list.period')}
        from={from}
        to={to}
        onChange={(first, last) => state.set({ [`${name}[gte]`]: first, [`${name}[lte]`]: last })}
      />
    </FilterFace>
  );
}
