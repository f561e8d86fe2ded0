import { Input } from 'antd';
import { useI18n } from '../../i18n/i18n.ts';
import { Field } from '../../ui/form/field.tsx';
import { TYPED_ABOVE } from './dry-run.ts';

type Props = { name: string; typed: string; onType: (typed: string) => void };

/** Asks to type a name when many members are affected. */
export function TypedConfirmation({ name, typed, onType }: Props) {
  const { t } = useI18n();
  return (
    <div className="typed-confirmation">
      <Field label={t('preview.type_name', { name })} hint={t('preview.type_reason', { n: TYPED_ABOVE })}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onType(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
