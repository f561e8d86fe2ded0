import pg from 'pg';
import type { Column, RawRows } from '../../core/services.ts';
import { instantTextOf } from '../../core/values/instant.ts';

type Read = (text: string) => unknown;

const { BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, JSON: JSON_TYPE, JSONB, TIMESTAMPTZ } = pg.types.builtins;
const TEXT_ARRAY = 1009;
const readArray = pg.types.getTypeParser(TEXT_ARRAY as never, 'text') as unknown as (text: string) => (string | null)[];
const asNumber = (text: string) => Number(text);
const asIs: Read = (text) => text;

/** All other types, such as ids and enums, are text. */
const READ: Readonly<Record<number, Read>> = {
  [BOOL]: (text) => text === 't',
  [INT2]: asNumber,
  [INT4]: asNumber,
  [INT8]: asNumber,
  [FLOAT4]: asNumber,
  [FLOAT8]: asNumber,
  [JSON_TYPE]: (text) => JSON.parse(text),
  [JSONB]: (text) => JSON.parse(text),
  [TIMESTAMPTZ]: instantTextOf,
  // Most texts need no quotes, and no parser.
  [TEXT_ARRAY]: (text) =>
    /["\\]|NULL/.test(text) ? readArray(text) : text === '{}' ? [] : text.slice(1, -1).split(','),
};

const isJson = ({ dataTypeID }: Column) => dataTypeID === JSON_TYPE || dataTypeID === JSONB;

/** Returns the rows as objects, with RFC 3339 text for instants. */
export function objectsOf<Row extends object>({ columns, rows }: RawRows): Row[] {
  const readers = columns.map(({ dataTypeID }) => READ[dataTypeID] ?? asIs);
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (const [index, { name }] of columns.entries()) {
      const value = values[index] ?? null;
      row[name] = value === null ? null : (readers[index] as Read)(value);
    }
    return row as Row;
  });
}

/** Returns each row as the text of a JSON object, without the columns of these names. JSON that PostgreSQL made is not parsed. */
export function jsonOf({ columns, rows }: RawRows, without: ReadonlySet<string> = new Set()): string[] {
  const parts = columns.flatMap((column, index) => (without.has(column.name) ? [] : [{ ...jsonPart(column), index }]));
  return rows.map((values) => {
    let text = '{';
    for (const { key, write, index } of parts) {
      const value = values[index] ?? null;
      text += `${text.length > 1 ? ',' : ''}${key}${value === null ? 'null' : write(value)}`;
    }
    return `${text}}`;
  });
}

function jsonPart(column: Column): { key: string; write: (text: string) => string } {
  const read = READ[column.dataTypeID];
  const write = isJson(column) ? (text: string) => text : (text: string) => JSON.stringify(read ? read(text) : text);
  return { key: `${JSON.stringify(column.name)}:`, write };
}
