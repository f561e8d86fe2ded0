import './field.css';
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { ApiError } from '../../core/api.ts';
import { fieldErrorText } from '../../i18n/field-error-text.ts';
import { t } from '../../i18n/i18n.ts';

/** The attributes that connect a control to its label and note. */
type FieldControl = { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined };

type Props = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
};

/** A labelled control with its error or hint below, connected for screen readers. */
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

/** A checkbox with a hint below. */
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

/** Returns the message of a field's error, if any. */
export function fieldErrorOf({ errors }: ApiError, field: string): string | undefined {
  const code = errors[field]?.message;
  return code === undefined ? undefined : fieldErrorText(code);
}
