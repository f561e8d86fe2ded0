import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseCopy } from '../testing/fixtures/database-copy.ts';
import { ownDatabase } from '../testing/fixtures/own-database.ts';
import { CATALOGUE_RULES } from './catalogue-rules.ts';

/** One violation of each rule, made in a transaction that is rolled back. */
const VIOLATIONS: Record<keyof typeof CATALOGUE_RULES, string> = {
  'every reachable table enables and forces row security': 'ALTER TABLE role NO FORCE ROW LEVEL SECURITY',
  'every reachable table has a policy': `CREATE TABLE forgotten (tenant_id uuid); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY;
    ALTER TABLE forgotten FORCE ROW LEVEL SECURITY; GRANT SELECT ON forgotten TO rolecall_server`,
  'every table with a tenant isolates it from the server by a restrictive policy':
    'DROP POLICY tenant_isolation ON membership',
  'at most one permissive policy per login and command':
    "CREATE POLICY second ON role FOR SELECT TO rolecall_server USING (name = 'x')",
  'no policy is for PUBLIC': "CREATE POLICY anyone ON role FOR SELECT USING (name = 'x')",
  'the functions that name the scope return their setting, or a constant': `CREATE OR REPLACE FUNCTION current_tenant_id()
    RETURNS uuid LANGUAGE sql STABLE RETURN coalesce(nullif(current_setting('app.current_tenant_id', true), '')::uuid, platform_tenant_id())`,
  'only the logins that look across tenants may have a condition that is always true':
    'CREATE POLICY open_door ON invitation FOR INSERT TO rolecall_server WITH CHECK (true)',
  'the login that reads across tenants only reads': 'GRANT UPDATE ON membership TO rolecall_platform',
  'no login may truncate, reference, trigger or maintain': 'GRANT TRUNCATE ON role TO rolecall_server',
  'the audit log only grows': 'GRANT INSERT (created_at) ON audit_log TO rolecall_server',
  'no partition can be named by a login': 'GRANT SELECT ON audit_log_default TO rolecall_server',
  'no foreign key leads out of the audit log, and none cascades':
    'ALTER TABLE audit_subject ADD FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE',
  'foreign keys between tenant tables carry the tenant': `CREATE TABLE target (tenant_id uuid, id uuid PRIMARY KEY);
    CREATE TABLE source (tenant_id uuid, target_id uuid REFERENCES target (id))`,
  'primary and unique keys of tenant tables carry the tenant': 'CREATE UNIQUE INDEX oracle ON role (name) WHERE false',
  'every view asks as its reader': 'CREATE VIEW peek AS SELECT * FROM role; GRANT SELECT ON peek TO rolecall_server',
  'no materialized view':
    'CREATE MATERIALIZED VIEW frozen AS SELECT 1 AS one; GRANT SELECT ON frozen TO rolecall_server',
  'functions that run as their owner fix their search path, with pg_temp last':
    "CREATE FUNCTION loose() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
  'a login may call only what it is meant to': `CREATE FUNCTION extra() RETURNS int LANGUAGE sql AS 'SELECT 1';
    GRANT EXECUTE ON FUNCTION extra() TO rolecall_sync`,
  'what is checked at commit is checked per statement, not per row':
    'CREATE CONSTRAINT TRIGGER slow AFTER UPDATE ON membership INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_membership()',
  'no immutable function reads a setting':
    "CREATE FUNCTION frozen_tenant() RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT current_setting('app.current_tenant_id')$$",
  'the queue is reached by its own login only, which reaches nothing else':
    'GRANT USAGE ON SCHEMA queue TO rolecall_server',
  'no login holds a power, owns anything or belongs to another role': 'ALTER ROLE rolecall_server CREATEROLE',
  'no login may create anything, not even a temporary table': 'GRANT CREATE ON SCHEMA public TO rolecall_server',
};

// A violation locks whole tables, which other suites would wait for.
let database: DatabaseCopy;
let client: pg.Client;
beforeAll(async () => {
  database = await ownDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.stop();
});

describe.each(Object.entries(CATALOGUE_RULES))('%s', (rule, sql) => {
  it('holds', async () => {
    expect((await client.query(sql)).rows).toEqual([]);
  });

  it('detects a violation', async () => {
    await client.query('BEGIN');
    try {
      await client.query(VIOLATIONS[rule] ?? '');
      expect((await client.query(sql)).rows).not.toEqual([]);
    } finally {
      await client.query('ROLLBACK');
    }
  });
});
