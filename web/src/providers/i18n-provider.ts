import type { I18nProvider } from '@refinedev/core';
import { fieldErrorText } from '../i18n/field-error-text.ts';
import type { Params } from '../i18n/i18n.ts';
import { chooseLocale, currentLocale, hasMessage, isLocale, t } from '../i18n/i18n.ts';

/** Refine may call translate(key, options, fallback) or translate(key, fallback). */
export const i18nProvider = {
  translate: (key: string, options?: unknown, fallback?: string) => {
    const code = /^invalid\.(.+)$/.exec(key)?.[1];
    if (code !== undefined) return fieldErrorText(code);
    if (hasMessage(key)) return t(key, typeof options === 'object' && options !== null ? (options as Params) : {});
    return typeof options === 'string' ? options : (fallback ?? key);
  },
  changeLocale: (locale: string) => (isLocale(locale) ? chooseLocale(locale) : Promise.resolve()),
  getLocale: currentLocale,
} satisfies I18nProvider;
