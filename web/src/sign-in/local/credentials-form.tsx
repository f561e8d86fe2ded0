import type { FormEvent, ReactNode } from 'react';
import { lazy, useState } from 'react';
import { useI18n } from '../../i18n/i18n.ts';
import { submitCredentials } from '../../providers/auth/sign-in.ts';
import { Field, FormError, PasswordField, SubmitButton } from '../fields.tsx';
import type { FieldErrors, Values } from './validate.ts';
import { fieldErrorsOf } from './validate.ts';

const CheckInbox = lazy(() => import('./check-inbox.tsx'));

type Props = {
  mode: 'sign-in' | 'sign-up';
  to: string | null;
  idle: string;
  working: string;
  onDone: (to: string) => void | Promise<void>;
  onTyping?: () => void;
  fixedEmail?: string;
  /** The token of the invitation that the account is for. */
  invitation?: string;
  /** Changes of it fill the form, as the demo accounts do. */
  fill?: { email: string; password: string } | undefined;
  children?: ReactNode;
};

/** E-mail and password, to sign in or up; focuses the first invalid field. */
export function CredentialsForm({
  mode,
  to,
  idle,
  working,
  onDone,
  onTyping,
  fixedEmail,
  invitation,
  fill,
  children,
}: Props) {
  const { t } = useI18n();
  const [values, setValues] = useState<Values>({ email: fixedEmail ?? '', password: '', name: '', ...fill });
  const [fieldErrors, setFieldErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [sentTo, setSentTo] = useState<string>();

  const bind = (name: keyof Values) => ({
    name,
    value: values[name],
    error: fieldErrors[name],
    onChange: (event: { target: { value: string } }) => {
      onTyping?.();
      setValues({ ...values, [name]: event.target.value });
      setFieldErrors({ ...fieldErrors, [name]: undefined });
    },
  });

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const found = fieldErrorsOf(values, mode);
    setFieldErrors(found);
    const first = Object.keys(found)[0];
    if (first) return (form.elements.namedItem(first) as HTMLInputElement | null)?.focus();
    setBusy(true);
    setFailure(undefined);
    const { email, password, name } = values;
    const credentials = { email: email.trim(), password, to };
    const result = await (mode === 'sign-in'
      ? submitCredentials('in', credentials)
      : submitCredentials('up', { ...credentials, name: name.trim(), ...(invitation ? { invitation } : {}) }));
    if (result.checkInbox) setSentTo(credentials.email);
    else if (result.success) await onDone(result.redirectTo ?? '/');
    else setFailure(result.error?.message ?? t('error.unexpected'));
    setBusy(false);
  }

  if (sentTo !== undefined) return <CheckInbox email={sentTo} />;
  return (
    <form className="entry-form" noValidate onSubmit={submit}>
      {mode === 'sign-up' ? (
        <Field {...bind('name')} label={t('entry.name')} autoComplete="name" maxLength={200} />
      ) : null}
      <Field
        {...bind('email')}
        label={t('entry.email')}
        type="email"
        autoComplete="username"
        inputMode="email"
        spellCheck={false}
        readOnly={fixedEmail !== undefined}
      />
      <PasswordField
        {...bind('password')}
        autoComplete={mode === 'sign-in' ? 'current-password' : 'new-password'}
        hint={mode === 'sign-up' ? t('entry.password_hint') : undefined}
      />
      <FormError>{failure}</FormError>
      <SubmitButton busy={busy} idle={idle} working={working} />
      {children}
    </form>
  );
}
