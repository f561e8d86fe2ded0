import { Flex, Input, Select } from 'antd';
import { t } from '../../../i18n/i18n.ts';
import { attributeLabel } from '../../../ui/chips/condition-labels.ts';
import type { TermDraft } from './term-draft.ts';
import { ATTRIBUTES, OPERATORS, ownerTerm, termOf, valueTypesOf, withKind, withOperator } from './term-draft.ts';

const PREFIX = 'resource.';
type Props = { n: number; value?: TermDraft; onChange?: (term: TermDraft) => void };

/** One condition as a field of a form: attribute, operator, value. */
export function TermInput({ n, value: term = ownerTerm, onChange = () => {} }: Props) {
  const { attribute, operator, kind } = term;
  const found = termOf(term);
  const invalid = 'invalid' in found ? found.invalid : undefined;
  const isResource = attribute.startsWith(PREFIX);
  return (
    <Flex wrap gap={6}>
      <Select
        autoFocus
        aria-label={t('condition.attribute_n', { n })}
        value={isResource ? PREFIX : attribute}
        options={[
          { value: PREFIX, label: t('condition.resource') },
          ...ATTRIBUTES.map((value) => ({ value, label: attributeLabel(value) })),
        ]}
        onChange={(next) => onChange({ ...term, attribute: next })}
      />
      {isResource ? (
        <Input
          className="mono"
          prefix={PREFIX}
          value={attribute.slice(PREFIX.length)}
          aria-label={t('condition.path_n', { n })}
          aria-invalid={invalid === 'attribute'}
          status={invalid === 'attribute' ? 'error' : ''}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => onChange({ ...term, attribute: PREFIX + target.value.trim() })}
        />
      ) : null}
      <Select
        aria-label={t('condition.operator_n', { n })}
        value={operator}
        options={OPERATORS.map((value) => ({ value, label: t(`condition.op_${value}`) }))}
        onChange={(next) => onChange(withOperator(term, next))}
      />
      <Select
        aria-label={t('condition.kind_n', { n })}
        value={kind}
        options={valueTypesOf(operator).map((value) => ({ value, label: t(`condition.kind_${value}`) }))}
        onChange={(next) => onChange(withKind(term, next))}
      />
      <TermValue term={term} n={n} isInvalid={invalid === 'value'} onChange={(text) => onChange({ ...term, text })} />
    </Flex>
  );
}

type ValueProps = { term: TermDraft; n: number; isInvalid: boolean; onChange: (text: string) => void };

function TermValue({ term: { kind, operator, text }, n, isInvalid, onChange }: ValueProps) {
  const label = t('condition.value_n', { n });
  if (kind === 'truth' || kind === 'attribute') {
    const known = kind === 'truth' ? ['true', 'false'] : ATTRIBUTES;
    const options = (known.includes(text) ? known : [...known, text]).map((value) => ({
      value,
      label:
        kind === 'truth'
          ? t(value === 'true' ? 'condition.true' : 'condition.false')
          : value === 'user.id'
            ? t('condition.current_user')
            : attributeLabel(value),
    }));
    return <Select aria-label={label} value={text} options={options} onChange={onChange} />;
  }
  const isList = operator === 'in' || operator === 'notIn';
  return (
    <Input
      value={text}
      aria-label={label}
      aria-invalid={isInvalid}
      status={isInvalid ? 'error' : ''}
      placeholder={isList ? t('condition.list_hint') : undefined}
      inputMode={kind === 'number' && !isList ? 'decimal' : undefined}
      autoComplete="off"
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
