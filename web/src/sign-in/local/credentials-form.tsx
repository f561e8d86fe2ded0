import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { goTo } from '../../core/address.ts';
import { t } from '../../i18n/i18n.ts';
import { submitCredentials } from '../../providers/auth/sign-in.ts';
import { EntryButton, Field, FormError, PasswordField, useSubmit } from '../fields.tsx';

type Props = {
  mode: 'in' | 'up';
  to: string | null;
  /** The labels of the button, if not those of a sign-in. */
  idle?: string;
  working?: string;
  /** When the account must confirm its address first. */
  onCheckInbox?: (email: string) => void;
  /** Instead of opening `to`. */
  onDone?: () => Promise<unknown>;
  onTyping?: () => void;
  fixedEmail?: string;
  /** The token of the invitation that the account is for. */
  invitation?: string;
  /** Changes of it fill the form, as the demo accounts do. */
  fill?: { email: string; password: string } | undefined;
  children?: ReactNode;
};
type Values = { email: string; password: string; name: string };
type FieldErrors = Partial<Record<keyof Values, string>>;

/** Validates before the request. Signing in does not check the password length. */
function fieldErrorsOf({ email, password, name }: Values, isNew: boolean): FieldErrors {
  return {
    ...(/^\s*\S+@\S+\s*$/.test(email)
      ? {}
      : { email: t(email.trim() ? 'entry.email_invalid' : 'entry.email_missing') }),
    ...(password ? {} : { password: t('entry.password_missing') }),
    ...(isNew && password && password.length < 8 ? { password: t('entry.password_short') } : {}),
    ...(isNew && name.trim() === '' ? { name: t('entry.name_missing') } : {}),
  };
}

/** E-mail and password, to sign in or up; focuses the first invalid field. */
export function CredentialsForm({ mode, to, onDone, onTyping, ...props }: Props) {
  const { fixedEmail, invitation, fill, children } = props;
  const isNew = mode === 'up';
  const [values, setValues] = useState<Values>({ email: fixedEmail ?? '', password: '', name: '', ...fill });
  const [fieldErrors, setFieldErrors] = useState<FieldErrors>({});
  const { busy, failure, submit } = useSubmit(async () => {
    const { email, password, name } = values;
    const credentials = { email: email.trim(), password, to };
    const account = isNew ? { name: name.trim(), ...(invitation ? { invitation } : {}) } : {};
    const result = await submitCredentials(mode, { ...credentials, ...account });
    if (result.checkInbox) props.onCheckInbox?.(credentials.email);
    else if (result.success) await (onDone ? onDone() : goTo(result.redirectTo ?? '/', { replace: true }));
    else return result.error?.message ?? t('error.unexpected');
  });

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

  function validate(event: FormEvent<HTMLFormElement>) {
    const found = fieldErrorsOf(values, isNew);
    setFieldErrors(found);
    const [first] = Object.keys(found);
    if (!first) return submit(event);
    event.preventDefault();
    (event.currentTarget.elements.namedItem(first) as HTMLInputElement | null)?.focus();
  }

  return (
    <form className="entry-form" noValidate onSubmit={validate}>
      {isNew ? <Field {...bind('name')} label={t('entry.name')} autoComplete="name" maxLength={200} autoFocus /> : null}
      <Field
        {...bind('email')}
        label={t('entry.email')}
        type="email"
        autoComplete="username"
        inputMode="email"
        spellCheck={false}
        readOnly={fixedEmail !== undefined}
        autoFocus={!isNew && fill === undefined && fixedEmail === undefined}
      />
      <PasswordField
        {...bind('password')}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? t('entry.password_hint') : undefined}
      />
      <FormError>{failure}</FormError>
      <EntryButton type="submit" disabled={busy}>
        {busy ? (props.working ?? t('entry.signing_in')) : (props.idle ?? t('entry.sign_in'))}
      </EntryButton>
      {children}
    </form>
  );
}
