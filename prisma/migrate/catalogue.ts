import { withClient } from '../with-client.ts';

const OURS = "('public', 'auth')";
const WHAT_COUNTS = [
  `SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' '
     || coalesce(pg_get_expr(adbin, adrelid), '') || ' ' || coalesce(attacl::text, '')
   FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
   WHERE relnamespace::regnamespace::text IN ${OURS} AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped`,
  `SELECT oid::regclass || ' ' || relowner::regrole || ' ' || relrowsecurity || relforcerowsecurity || ' ' || coalesce(relacl::text, '')
   FROM pg_class WHERE relnamespace::regnamespace::text IN ${OURS} AND relkind IN ('r', 'p', 'v')`,
  `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
   WHERE connamespace::regnamespace::text IN ${OURS}`,
  `SELECT indexdef FROM pg_indexes WHERE schemaname IN ${OURS}`,
  `SELECT pg_policies::text FROM pg_policies WHERE schemaname IN ${OURS}`,
  `SELECT tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal`,
  `SELECT pg_get_functiondef(oid) || proowner::regrole || coalesce(proacl::text, '') FROM pg_proc
   WHERE pronamespace = 'public'::regnamespace`,
  `SELECT viewname || definition FROM pg_views WHERE schemaname IN ${OURS}`,
  `SELECT nspname || nspacl::text FROM pg_namespace WHERE nspname IN ${OURS}`,
];

/** Returns the schema of a database from its catalogue, one object a line: databases with the same lines work alike. */
export async function catalogue(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query({ text: WHAT_COUNTS.join(' UNION ALL '), rowMode: 'array' });
    return rows.map(([line]) => String(line)).sort();
  });
}
