import './field.css';
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { ApiError } from '../../core/api.ts';
import { fieldErrorText } from '../../i18n/field-refusal.ts';
import { t } from '../../i18n/i18n.ts';

/** What ties a control to its label and note. */
type FieldControl = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined };

type Props = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
};

/** A labelled control; its error, or else its hint, stands below and is read out with it. */
export function Field({ label, hint, error, optional = false, children }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="form-field">
      <label htmlFor={id}>
        {label}
        {optional ? <span className="form-optional"> {t('form.optional')}</span> : null}
      </label>
      {children({ id, 'aria-invalid': error !== undefined, 'aria-describedby': note ? `${id}-note` : undefined })}
      {note ? (
        <p id={`${id}-note`} className={error ? 'form-field-error' : 'form-hint'} role={error ? 'alert' : undefined}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

/** A yes or no with its consequence below. */
export function CheckField({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="check-field">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-note`} className="form-hint">
        {hint}
      </p>
    </div>
  );
}

/** What the server says about a field, in the reader's words. */
export function fieldErrorOf({ errors }: ApiError, field: string): string | undefined {
  const code = errors[field]?.message;
  return code === undefined ? undefined : fieldErrorText(code);
}
