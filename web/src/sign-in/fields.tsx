import './fields.css';
import type { ButtonHTMLAttributes, FormEvent, InputHTMLAttributes, ReactNode } from 'react';
import { useId, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { t } from '../i18n/i18n.ts';

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  after?: ReactNode;
};

/** A labelled input whose error is announced together with it. */
export function Field({ label, hint, error, after, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input {...input} id={id} aria-invalid={error !== undefined} aria-describedby={note ? `${id}-note` : undefined} />
      {after}
      {note ? <p id={`${id}-note`}>{note}</p> : null}
    </div>
  );
}

/** A password input that can be shown. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'after' | 'label'>) {
  const [shown, setShown] = useState(false);
  const eye = shown ? t('entry.hide_password') : t('entry.show_password');
  return (
    <Field
      {...props}
      label={t('entry.password')}
      type={shown ? 'text' : 'password'}
      after={
        <button type="button" className="field-eye" aria-label={eye} title={eye} onClick={() => setShown(!shown)}>
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path d="M1.8 10S4.8 4.6 10 4.6 18.2 10 18.2 10 15.2 15.4 10 15.4 1.8 10 1.8 10Z" />
            <circle cx="10" cy="10" r="2.4" />
            {shown ? <path d="m3.5 16.5 13-13" /> : null}
          </svg>
        </button>
      }
    />
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { plain?: boolean };

/** A full-width button; `plain` for what is not the main action. */
export function EntryButton({ plain = false, ...button }: ButtonProps) {
  return <button type="button" className={plain ? 'entry-button' : 'entry-button primary'} {...button} />;
}

/** The error of the whole form, announced by screen readers. */
export function FormError({ children }: { children: ReactNode }) {
  return <div role="alert">{children ? <p className="form-error">{children}</p> : null}</div>;
}

/** Runs what a form or button does: `failure` is the message to which it resolves, or that of its error. */
export function useSubmit(send: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function submit(event: Pick<FormEvent, 'preventDefault'>) {
    event.preventDefault();
    setBusy(true);
    const result = await send().catch(errorText);
    setFailure(typeof result === 'string' ? result : undefined);
    setBusy(false);
  }
  return { busy, failure, submit };
}
