import pg from 'pg';

type Query = pg.Client['query'];

/** A connection through a pooler in transaction mode: the next execution may meet a session without the statement of this name. */
export class UnnamedClient extends pg.Client {
  override query = ((config: { name?: string } | string, ...rest: never[]) => {
    const query = super.query.bind(this) as (...values: unknown[]) => unknown;
    if (typeof config === 'object' && config.name) return query(withoutName(config), ...rest);
    return query(config, ...rest);
  }) as Query;
}

/** A query that is already an object of pg's stays the same one. */
function withoutName(config: { name?: string }): object {
  if (!('submit' in config)) return { ...config, name: undefined };
  config.name = '';
  return config;
}
