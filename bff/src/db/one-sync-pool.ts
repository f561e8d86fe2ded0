import pg from 'pg';
import type { RawRows, Statement, StatementScope } from '../core/services.ts';
import { Batch, statementName } from './connect/batch.ts';
import { currentScope, SET_SCOPE, scopeValues } from './scope.ts';

/** The part of pg's connection that a prepared query uses. */
interface Connection {
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: string[]; valueMapper: (value: string) => string }): void;
  execute(message: { portal: string }): void;
}
interface PreparedQuery {
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  requiresPreparation(): boolean;
}
type QueryConfig = pg.QueryArrayConfig & { callback?: never };

const STATEMENT = statementName(SET_SCOPE);
const UNNAMED = '';
const Query = pg.Query as unknown as new (config: QueryConfig) => PreparedQuery & pg.Submittable;

/**
 * A query that sets its scope and runs under one Sync. PostgreSQL treats both as one implicit transaction, so that the
 * transaction-local settings apply to exactly this statement and cost no round trip.
 */
class ScopedQuery extends Query {
  #values: string[];
  #statement: string;
  #scopeIsSet = false;

  constructor(config: QueryConfig, values: string[], statement: string) {
    super(config);
    this.#values = values;
    this.#statement = statement;
  }

  override requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: Connection): void {
    if (this.#statement === UNNAMED) connection.parse({ name: UNNAMED, text: SET_SCOPE });
    connection.bind({
      portal: '',
      statement: this.#statement,
      values: this.#values,
      valueMapper: (value) => value,
    });
    connection.execute({ portal: '' });
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#scopeIsSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#scopeIsSet) super.handleCommandComplete(message, connection);
    this.#scopeIsSet = true;
  }
}

// The pool provides a connection only after this.
const prepareScope = (client: pg.ClientBase) =>
  client.query({ name: STATEMENT, text: SET_SCOPE, values: ['', '', ''] });

/** A pool whose single statements run in the current scope. A client acquired for a transaction sets its scope itself. */
export class OneSyncPool extends pg.Pool {
  readonly #keepsSessions: boolean;
  readonly #send: (query: unknown) => Promise<unknown>;

  constructor(config: pg.PoolConfig, keepsSessions: boolean) {
    super({ ...config, ...(keepsSessions ? { onConnect: prepareScope } : {}) });
    this.#keepsSessions = keepsSessions;
    this.#send = super.query.bind(this) as (query: unknown) => Promise<unknown>;
    const statement = keepsSessions ? STATEMENT : UNNAMED;
    this.query = ((config: QueryConfig | string, values?: unknown[]) => {
      const asConfig = typeof config === 'string' ? { text: config, values: values ?? [] } : config;
      return this.#send(new ScopedQuery(asConfig as QueryConfig, scopeValues(currentScope()), statement));
    }) as typeof this.query;
  }

  /** Runs statements in one scope, together in one round trip, and returns the rows of each. */
  async together(scope: StatementScope, statements: readonly Statement[]): Promise<RawRows[]> {
    const setScope = { text: SET_SCOPE, values: scopeValues(scope) };
    const answers = (await this.#send(new Batch([setScope, ...statements], this.#keepsSessions))) as RawRows[];
    return answers.slice(1);
  }
}
