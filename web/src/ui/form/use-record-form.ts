import { useForm } from '@refinedev/antd';
import type { BaseRecord } from '@refinedev/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormInstance, FormProps } from 'antd';
import { useRef, useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { fieldErrorText } from '../../i18n/field-error-text.ts';
import { refreshMe } from '../../providers/auth/session.ts';
import { type Change, useChange } from '../../providers/data/use-change.ts';
import { notify } from '../../providers/notifications.ts';

type Options<T, Values> = {
  /** Below /api/admin, such as useTenantScope().resource('members'). */
  resource: string;
  /** Without it, a record is created. */
  id?: string;
  /** The version shown to the user; a stale save is rejected, and the next one overwrites what is stored by then. */
  version?: number;
  initialValues: Partial<Values>;
  /**
   * The request body, if not the values as they are; gets those of fields that are not shown too. Of an existing record, only
   * what differs from `initialValues` is sent. The reason that the dialog asks for is added.
   */
  body?: (values: Values) => object;
  /** The success message. */
  done?: (saved: T) => string;
  onDone?: (saved: T) => void;
  /** The change that takes it back, offered with the success message. */
  undo?: (saved: T) => Change<unknown>;
  /** Error code, or field of the API -> the field of the form it is about, where it is not the field of that name. */
  fieldOf?: Partial<Record<string, keyof Values & string>>;
  /** Returns true if it shows the error itself in the form, and merges what a stale save found. */
  onError?: (error: ApiError, form: FormInstance<Values>) => boolean;
};

type Fields = Record<string, unknown>;

/** Refine's form of antd for a dialog: give the result to ActionDialog. Errors of fields are shown beside them. */
export function useRecordForm<T extends BaseRecord, Values extends object>(options: Options<T, Values>) {
  const { resource, id, version, initialValues, body, done, onDone, undo, fieldOf = {}, onError } = options;
  const client = useQueryClient();
  const { send } = useChange();
  const [base, setBase] = useState<Fields>({ ...initialValues, version });
  const [isShown, setShown] = useState(false);
  // A ref: the error comes to the closure of the render before the save.
  const sent = useRef<Fields>({});
  const { form, formProps, mutation } = useForm<T, ApiError, Values>({
    resource,
    ...(id === undefined ? { action: 'create' as const } : { action: 'edit' as const, id }),
    // A record loaded here would replace what is typed when it changes.
    queryOptions: { enabled: false },
    queryMeta: { form: true },
    redirect: false,
    // ActionDialog asks.
    warnWhenUnsavedChanges: false,
    successNotification: false,
    errorNotification: false,
    invalidates: [],
    onMutationSuccess: async ({ data }) => {
      onDone?.(data as unknown as T);
      const inverse = undo?.(data as unknown as T);
      const offer = inverse ? { undo: () => send(inverse) } : {};
      if (done) notify({ key: 'change', tone: 'good', title: done(data as unknown as T), ...offer });
      await Promise.all([client.invalidateQueries(), refreshMe()]);
    },
    onMutationError: (error) => {
      const isBeside = showBesideFields(form, error, fieldOf);
      const isHandled = onError?.(error, form) ?? false;
      setShown(isBeside || isHandled);
      const current = error.problem.current as Fields | undefined;
      if (error.statusCode !== 412 || !current) return;
      const untouched = Object.keys(initialValues).filter((name) => !(name in sent.current));
      if (!isHandled) form.setFieldsValue(pick(untouched, current) as never);
      setBase(pick(isHandled ? ['version'] : Object.keys(base), current));
      void client.invalidateQueries();
    },
  });
  function save(values: Values) {
    const { reason } = values as Fields;
    const fields: Fields = { ...(body?.({ ...form.getFieldsValue(true), ...values }) ?? values) };
    const changed = id === undefined ? fields : differing(fields, base);
    sent.current = changed;
    return formProps.onFinish?.({
      ...changed,
      ...(reason ? { reason } : {}),
      ...(base.version === undefined ? {} : { version: base.version }),
    } as Values);
  }
  const error = mutation.error as ApiError | null;
  const isStale = error?.statusCode === 412 && !isShown;
  return {
    form,
    formProps: { ...formProps, initialValues, onFinish: save } as FormProps<Values>,
    busy: mutation.isPending,
    failure: error && !isShown && !isStale ? error : undefined,
    /** After a stale save, where they differ: what is stored by now, and what was typed, which the next save keeps. */
    stale: isStale
      ? { stored: pick(Object.keys(differing(sent.current, base)), base), yours: differing(sent.current, base) }
      : undefined,
  };
}

/** Shows an error beside the fields of the form that it is about. Returns whether there are any. */
function showBesideFields(
  { getFieldsError, setFields }: Pick<FormInstance, 'getFieldsError' | 'setFields'>,
  error: ApiError,
  fieldOf: Partial<Record<string, string>>,
): boolean {
  const shown = getFieldsError().map(({ name: [name] }) => name);
  const ofCode = fieldOf[error.code];
  const found = [
    ...(ofCode ? [{ name: ofCode, errors: [errorText(error)] }] : []),
    ...Object.entries(error.errors).map(([path, { message }]) => {
      const [field = path] = path.split('.');
      return { name: fieldOf[field] ?? field, errors: [fieldErrorText(message)] };
    }),
  ].filter(({ name }) => shown.includes(name));
  setFields(found);
  return found.length > 0;
}

const pick = (names: string[], from: Fields): Fields => Object.fromEntries(names.map((name) => [name, from[name]]));
const differing = (fields: Fields, from: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(from[name])),
  );
