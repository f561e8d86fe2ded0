type Name = 'DateTimeFormat' | 'ListFormat' | 'NumberFormat' | 'PluralRules' | 'RelativeTimeFormat' | 'Segmenter';
type Formatter<N extends Name> = InstanceType<(typeof Intl)[N]>;

const made = new Map<string, unknown>();

/** A formatter of Intl, constructed once: that takes longer than all that it then formats, and a list has a hundred dates. */
export function intl<N extends Name>(
  name: N,
  locale: string,
  options?: ConstructorParameters<(typeof Intl)[N]>[1],
): Formatter<N> {
  const key = `${name} ${locale} ${JSON.stringify(options)}`;
  const Made = Intl[name] as unknown as new (locale: string, options?: unknown) => Formatter<N>;
  if (!made.has(key)) made.set(key, new Made(locale, options));
  return made.get(key) as Formatter<N>;
}
