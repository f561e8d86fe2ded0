import pg from 'pg';

type Query = pg.Client['query'];

/** Sends no named statements: behind a pooler in transaction mode, the next execution may meet a session that does not know the name. */
export class UnnamedClient extends pg.Client {
  override query = ((config: { name?: string } | string, ...rest: never[]) => {
    const query = super.query.bind(this) as (...values: unknown[]) => unknown;
    if (typeof config === 'object' && config.name) return query(withoutName(config), ...rest);
    return query(config, ...rest);
  }) as Query;
}

/** Changes a query that is an object of pg itself in place, because its caller waits for that object. */
export function withoutName(config: { name?: string | undefined }): object {
  if (!('submit' in config)) return { ...config, name: undefined };
  config.name = '';
  return config;
}
