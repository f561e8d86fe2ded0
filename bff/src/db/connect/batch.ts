import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import pg from 'pg';
import type { Column, RawRows, Statement } from '../../core/services.ts';

/** The part of pg's connection that a batch uses. */
interface Connection {
  stream: Pick<Socket, 'cork' | 'uncork'>;
  /** The text of each statement that was prepared, by its name. */
  parsedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: unknown[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string }): void;
  sync(): void;
}

interface Bound {
  name: string;
  text: string;
  values: unknown[];
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

const names = new Map<string, string>();
const MAX_NAMES = 2_000;

/** Part of a statement that is planned for its parameters: a plan for any tenant takes the biggest for one of average size. */
export const PLANNED_EACH_TIME = '/* planned each time */';

/** The name under which a statement is prepared, once per connection. Without one it is planned each time. */
export function statementName(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = text.includes(PLANNED_EACH_TIME) ? '' : createHash('sha1').update(text).digest('base64url');
  if (names.size >= MAX_NAMES) names.clear();
  names.set(text, name);
  return name;
}

/** The columns of each prepared statement: they are described with its first execution only. */
const described = new WeakMap<Connection, Map<string, readonly Column[]>>();

/**
 * Several statements under one Sync: one write to the socket, one round trip, and one implicit transaction, so that what the first
 * statements set for the transaction applies to all others and to nothing else. Once one has failed, PostgreSQL skips the rest, and the
 * pool discards the connection.
 */
export class Batch implements pg.Submittable {
  /** Set by pg. */
  callback?: (error: Error | null, answers?: RawRows[]) => void;
  /** For pg: statements are named one by one. */
  readonly name = '';
  readonly #bound: readonly Bound[];
  readonly #answers: RawRows[] = [];
  #rows: RawRows['rows'] = [];
  #columns: (readonly Column[])[] = [];
  #known: Map<string, readonly Column[]> = new Map();

  constructor(statements: readonly Statement[], isNamed: boolean) {
    this.#bound = statements.map(({ text, values }) => ({
      name: isNamed ? statementName(text) : '',
      text,
      values: values.map(prepareValue),
    }));
  }

  submit(pgConnection: pg.Connection): void {
    const connection = pgConnection as unknown as Connection;
    this.#known = described.get(connection) ?? new Map();
    described.set(connection, this.#known);
    connection.stream.cork();
    try {
      for (const { name, text, values } of this.#bound) {
        if (!name || connection.parsedStatements[name] === undefined) {
          connection.parse({ name, text });
          // The connection does not outlive a failure, so that this holds for as long as anyone reads it.
          if (name) connection.parsedStatements[name] = text;
        }
        connection.bind({ portal: '', statement: name, values });
        if (!name || !this.#known.has(name)) connection.describe({ type: 'P', name: '' });
        connection.execute({ portal: '' });
      }
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription({ fields }: { fields: readonly Column[] }): void {
    this.#columns[this.#answers.length] = fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#rows.push(fields);
  }

  handleCommandComplete(): void {
    const index = this.#answers.length;
    const name = this.#bound[index]?.name ?? '';
    const columns = this.#columns[index] ?? this.#known.get(name) ?? [];
    if (name) this.#known.set(name, columns);
    this.#answers.push({ columns, rows: this.#rows });
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    this.callback?.(null, this.#answers);
  }

  handleError(error: Error): void {
    this.callback?.(error);
  }
}
