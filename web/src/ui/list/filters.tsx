import './filters.css';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { usePaused } from '../../core/use-paused.ts';
import { formatPeriod } from '../../i18n/format.ts';
import { type MessageKey, t } from '../../i18n/i18n.ts';
import type { ListState } from '../../providers/data/use-list-state.ts';
import { lazyPart } from '../feedback/lazy.tsx';
import { Face } from '../form/face.tsx';
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
  const paused = usePaused(text, 250);
  useEffect(() => {
    if (paused === written.current) return;
    const isFirst = written.current === '';
    written.current = paused;
    set.current({ q: paused }, { replace: !isFirst });
  }, [paused]);
  return <SearchField value={text} label={label} onChange={setText} />;
}

const ChoiceSelect = lazyPart(() => import('./choice-select.tsx'));
const PeriodPicker = lazyPart(() => import('./period-picker.tsx'));

type FaceProps = {
  label: string;
  /** What is chosen; undefined for all. */
  chosen: string | undefined;
  load: () => void;
  /** antd's control, opened. */
  children: ReactNode;
};

/** A filter before it is opened. */
export const FilterFace = ({ label, chosen, load, children }: FaceProps) => (
  <span className={chosen === undefined ? 'filter' : 'filter filter-on'}>
    <Face
      load={load}
      button={(props) => (
        <button
          {...props}
          type="button"
          aria-haspopup="dialog"
          aria-label={chosen === undefined ? undefined : `${label}: ${chosen}`}
        >
          <span className="clip">{chosen ?? t('list.all', { label })}</span>
          <Icon name="chevron" size={16} />
        </button>
      )}
    >
      {children}
    </Face>
  </span>
);

/** Chooses one of a few values; the value "" stands for all. */
export function ChoiceFilter({ onReach, ...props }: ChoiceProps & Reached) {
  const { label, value, options } = props;
  const chosen = options.find((option) => option.value === value)?.label;
  return (
    <FilterFace
      label={label}
      chosen={value === '' ? undefined : (chosen ?? value)}
      load={() => {
        ChoiceSelect.prefetch();
        onReach?.();
      }}
    >
      <ChoiceSelect {...props} />
    </FilterFace>
  );
}

/** Called when the pointer or the focus reaches the filter, to read its options. */
type Reached = { onReach?: () => void };

type SelectProps = Reached & {
  state: ListState;
  /** The filter's name in the URL and the API. */
  name: string;
  label: string;
  /** The values with their labels, such as the entries of status-labels.ts. */
  options: Choice[] | Record<string, { label: MessageKey }>;
};

/** A filter by one field of the API. */
export function FilterSelect({ state, name, label, options, ...reached }: SelectProps) {
  const choices = Array.isArray(options)
    ? options
    : Object.entries(options).map(([value, shown]) => ({ value, label: t(shown.label) }));
  const value = state.filters[name] ?? '';
  return (
    <ChoiceFilter
      {...{ label, value, options: choices, ...reached }}
      onChange={(next) => state.set({ [name]: next })}
    />
  );
}

/** The filters [gte] and [lte] of a time: whole days in the user's time zone. */
export function FilterPeriod({ state, name }: { state: ListState; name: string }) {
  const [from, to] = [state.filters[`${name}[gte]`], state.filters[`${name}[lte]`]];
  return (
    <FilterFace label={t('list.period')} chosen={formatPeriod(from, to)} load={PeriodPicker.prefetch}>
      <PeriodPicker
        label={t('list.period')}
        from={from}
        to={to}
        onChange={(first, last) => state.set({ [`${name}[gte]`]: first, [`${name}[lte]`]: last })}
      />
    </FilterFace>
  );
}
