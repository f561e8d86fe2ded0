import { useI18n } from '../../../i18n/i18n.ts';
import { attributeLabel } from '../../../ui/chips/condition-labels.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { Kind, TermDraft } from './term-draft.ts';
import { ATTRIBUTES, OPERATORS, termOf, valueTypesOf, withKind, withOperator } from './term-draft.ts';

type Props = { term: TermDraft; at: number; onChange: (term: TermDraft) => void; onRemove: () => void };
const PREFIX = 'resource.';
type Option = { value: string; label: string };

/** One condition: attribute, operator, value. */
export function TermFields({ term, at, onChange, onRemove }: Props) {
  const { t } = useI18n();
  const { attribute, operator, kind } = term;
  const found = termOf(term);
  const invalid = 'invalid' in found ? found.invalid : undefined;
  const isResource = attribute.startsWith(PREFIX);
  const n = at + 1;
  return (
    <li className="term">
      <span className="term-part">
        <Choice
          label={t('condition.attribute_n', { n })}
          value={isResource ? 'resource' : attribute}
          options={[
            { value: 'resource', label: t('condition.resource') },
            ...ATTRIBUTES.map((value) => ({ value, label: attributeLabel(value) })),
          ]}
          onChange={(next) => onChange({ ...term, attribute: next === 'resource' ? PREFIX : next })}
        />
        {isResource ? (
          <span className={invalid === 'attribute' ? 'term-path term-wrong' : 'term-path'}>
            <span className="mono muted" aria-hidden="true">
              {PREFIX}
            </span>
            <input
              className="mono"
              value={attribute.slice(PREFIX.length)}
              aria-label={t('condition.path_n', { n })}
              aria-invalid={invalid === 'attribute'}
              spellCheck={false}
              autoComplete="off"
              onChange={({ target }) => onChange({ ...term, attribute: PREFIX + target.value.trim() })}
            />
          </span>
        ) : null}
      </span>
      <Choice
        label={t('condition.operator_n', { n })}
        value={operator}
        options={OPERATORS.map((value) => ({ value, label: t(`condition.op_${value}`) }))}
        onChange={(next) => onChange(withOperator(term, next as TermDraft['operator']))}
      />
      <span className="term-part">
        <Choice
          label={t('condition.kind_n', { n })}
          value={kind}
          options={valueTypesOf(operator).map((value) => ({ value, label: t(`condition.kind_${value}`) }))}
          onChange={(next) => onChange(withKind(term, next as Kind))}
        />
        <Value term={term} label={t('condition.value_n', { n })} isWrong={invalid === 'value'} onChange={onChange} />
      </span>
      <button type="button" className="icon-button" aria-label={t('condition.remove_n', { n })} onClick={onRemove}>
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}

type ValueProps = { term: TermDraft; label: string; isWrong: boolean; onChange: (term: TermDraft) => void };

function Value({ term, label, isWrong, onChange }: ValueProps) {
  const { t } = useI18n();
  const { kind, operator, text } = term;
  const set = (next: string) => onChange({ ...term, text: next });
  if (kind === 'truth') {
    const options = [true, false].map((value) => ({ value: `${value}`, label: t(`condition.${value}`) }));
    return <Choice label={label} value={text} options={options} onChange={set} />;
  }
  if (kind === 'attribute') {
    const known = ATTRIBUTES.includes(text) ? ATTRIBUTES : [...ATTRIBUTES, text];
    const options = known.map((value) => ({
      value,
      label: value === 'user.id' ? t('condition.current_user') : attributeLabel(value),
    }));
    return <Choice label={label} value={text} options={options} onChange={set} />;
  }
  const isList = operator === 'in' || operator === 'notIn';
  return (
    <input
      className={isWrong ? 'term-value term-wrong' : 'term-value'}
      value={text}
      aria-label={label}
      aria-invalid={isWrong}
      placeholder={isList ? t('condition.list_hint') : undefined}
      inputMode={kind === 'number' && !isList ? 'decimal' : undefined}
      autoComplete="off"
      onChange={({ target }) => set(target.value)}
    />
  );
}

type ChoiceProps = { label: string; value: string; options: Option[]; onChange: (value: string) => void };

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <span className="form-select">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
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
