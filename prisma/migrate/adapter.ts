import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withLoginNames } from '../logins/urls.ts';
import { describeError } from './apply-sql.ts';

/** Prisma's adapter for PostgreSQL, made fit for its own schema engine: two of its habits break migrations. */
export async function connectForMigrations(
  url: string,
  { loginPrefix, onScriptError }: { loginPrefix: string | undefined; onScriptError: (reason: string) => void },
): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const charColumns = passSystemCharsAsText(pool);
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // The adapter's own executeScript cuts a script at every semicolon, which tears function bodies apart, and commits
  // piece by piece. Sent whole, PostgreSQL runs the file as one transaction, as Prisma's native engine does.
  adapter.executeScript = async (script) => {
    try {
      await pool.query(withLoginNames(script, loginPrefix));
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      // The engine puts its own message in place of the errors it knows: people get PostgreSQL's.
      onScriptError(describeError(error, script));
      throw new DriverAdapterError(forEngine(error));
    }
  };
  return adapter;
}

// The engine reads columns of the catalogue's type "char", which the adapter refuses: it gets text, and we remember which.
function passSystemCharsAsText(pool: pg.Pool): WeakMap<unknown[], number[]> {
  const { CHAR, TEXT } = pg.types.builtins;
  const charColumns = new WeakMap<unknown[], number[]>();
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
  pool.query = (async (config: pg.QueryConfig) => {
    const result = await query(config);
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR) continue;
      field.dataTypeID = TEXT;
      charColumns.set(result.rows, [...(charColumns.get(result.rows) ?? []), index]);
    }
    return result;
  }) as typeof pool.query;
  return charColumns;
}

function forEngine({ code = 'XX000', severity = 'ERROR', message, detail, column, hint }: pg.DatabaseError) {
  return { kind: 'postgres', code, severity, message, detail, column, hint } as const;
}
