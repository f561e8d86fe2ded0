/**
 * Rules for the catalogue of the database: each is a query that returns the names of what violates it. Extensions of
 * PostgreSQL itself and the schema of the local identity provider (one login, no tenants) are excluded.
 */
const LOGINS =
  "'rolecall_server', 'rolecall_platform', 'rolecall_sync', 'rolecall_auth', 'rolecall_access', 'rolecall_queue'";
const REACHED = `(SELECT DISTINCT c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, c.reloptions
  FROM pg_class c CROSS JOIN (SELECT oid FROM pg_roles WHERE rolname IN (${LOGINS})) login
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND (has_table_privilege(login.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
      OR has_any_column_privilege(login.oid, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')))`;

const SCOPE_FUNCTIONS = ['current_tenant_id', 'current_user_id', 'platform_tenant_id', 'tenant_is_usable'];

/** The functions that a login may call; all others are parts of these, or of triggers. */
const CALLABLE: Record<string, string[]> = {
  rolecall_platform: [...SCOPE_FUNCTIONS, 'actor_access', 'open_session', 'find_events'],
  rolecall_sync: [...SCOPE_FUNCTIONS, 'request_push', 'tenant_has_owner', 'lock_users', 'impersonator'],
  rolecall_server: [
    ...SCOPE_FUNCTIONS,
    ...[
      'open_session',
      'actor_access',
      'enter_change',
      'actor_memberships',
      'actor_organizations',
      'access_check',
      'permission_usage',
    ],
    ...['api_key_of_hash', 'invitation_of_token', 'invited_email_key', 'impersonator'],
    ...['conditions_hold', 'conditions_satisfiable', 'grant_applies', 'access_context'],
    ...['role_lineage', 'role_ancestors', 'granting_roles', 'grant_path', 'tenant_has_owner'],
    ...[
      'access_snapshot',
      'permission_holders',
      'holder_roles',
      'acting_members',
      'platform_grants',
      'members_with_permissions',
    ],
    ...['access_as_of', 'permissions_as_of', 'tenant_roles_as_of', 'tenant_assignments_as_of'],
    ...['permission_holders_as_of', 'changes_outside_tenant'],
    ...['members_with_text', 'find_tenant_events', 'request_push', 'ensure_audit_partitions', 'probe_disk_space'],
  ],
};
const EXECUTABLE = Object.entries(CALLABLE)
  .flatMap(([login, names]) => names.map((name) => `('${login}', '${name}')`))
  .join(', ');

export const CATALOGUE_RULES: Record<string, string> = {
  'every reachable table enables and forces row security': `
    SELECT relname AS broken FROM ${REACHED} t WHERE relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)`,
  'every reachable table has a policy': `
    SELECT relname AS broken FROM ${REACHED} t WHERE relkind IN ('r', 'p') AND NOT EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = t.oid)`,
  'every table with a tenant isolates it from the server by a restrictive policy': `
    SELECT c.relname AS broken FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT EXISTS (
      SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd = '*'
        AND (SELECT oid FROM pg_roles WHERE rolname = 'rolecall_server') = ANY (p.polroles)
        AND pg_get_expr(p.polqual, p.polrelid) LIKE '%current_tenant_id()%'
        AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%current_tenant_id()%')`,
  'at most one permissive policy per login and command': `
    SELECT format('%s %s %s', c.relname, r.rolname, p.polcmd) AS broken
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid CROSS JOIN LATERAL unnest(p.polroles) AS role_oid JOIN pg_roles r ON r.oid = role_oid
    WHERE p.polpermissive GROUP BY c.relname, r.rolname, p.polcmd HAVING count(*) > 1`,
  'no policy is for PUBLIC': `
    SELECT c.relname || ' ' || p.polname AS broken FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE 0 = ANY (p.polroles)`,
  'the functions that name the scope return their setting, or a constant': `
    SELECT name AS broken FROM (VALUES
      ('current_tenant_id', 's', $$RETURN (NULLIF(current_setting('app.current_tenant_id'::text, true), ''::text))::uuid$$),
      ('current_user_id', 's', $$RETURN NULLIF(current_setting('app.current_user_id'::text, true), ''::text)$$),
      ('platform_tenant_id', 'i', $$RETURN '00000000-0000-7000-8000-000000000001'::uuid$$)) AS scope (name, volatility, body)
    WHERE NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure('public.' || name || '()')
      AND NOT prosecdef AND proconfig IS NULL AND provolatile::text = volatility AND pg_get_function_sqlbody(oid) = body)`,
  'only the logins that look across tenants may have a condition that is always true': `
    SELECT c.relname || ' ' || p.polname AS broken FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE 'true' IN (coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''))
      AND NOT p.polroles <@ ARRAY(SELECT oid FROM pg_roles WHERE rolname IN ('rolecall_platform', 'rolecall_sync', 'rolecall_access', 'rolecall_auth'))`,
  'the login that reads across tenants only reads': `
    SELECT table_name || ' ' || privilege_type AS broken FROM information_schema.role_table_grants
    WHERE grantee = 'rolecall_platform' AND privilege_type <> 'SELECT'`,
  'no login may truncate, reference, trigger or maintain': `
    SELECT grantee || ' ' || table_name || ' ' || privilege_type AS broken FROM information_schema.role_table_grants
    WHERE grantee IN (${LOGINS}) AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
  'the audit log only grows': `
    SELECT grantee || ' ' || table_name || ' ' || privilege_type AS broken FROM information_schema.role_table_grants
    WHERE grantee IN (${LOGINS}) AND table_name IN ('audit_log', 'audit_seal') AND privilege_type <> 'SELECT'
    UNION ALL
    SELECT grantee || ' ' || table_name || '.' || column_name || ' ' || privilege_type FROM information_schema.column_privileges
    WHERE grantee IN (${LOGINS}) AND table_name = 'audit_log'
      AND (privilege_type NOT IN ('SELECT', 'INSERT') OR (privilege_type = 'INSERT' AND column_name IN ('created_at', 'xid')))`,
  'no partition can be named by a login': `
    SELECT relname AS broken FROM ${REACHED} t WHERE relispartition`,
  'no foreign key leads out of the audit log, and none cascades': `
    SELECT conrelid::regclass || ' ' || conname AS broken FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace
      AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r') OR conrelid::regclass::text LIKE 'audit_%')`,
  'foreign keys between tenant tables carry the tenant': `
    SELECT k.conrelid::regclass || ' ' || k.conname AS broken FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'tenant_id'
    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attname = 'tenant_id'
    WHERE k.contype = 'f' AND NOT (a.attnum = ANY (k.conkey) AND b.attnum = ANY (k.confkey))`,
  'primary and unique keys of tenant tables carry the tenant': `
    SELECT i.indexrelid::regclass::text AS broken FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'tenant_id'
    JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
    WHERE i.indisunique AND NOT a.attnum = ANY (i.indkey) AND i.indexrelid::regclass::text NOT IN ('invitation_token_hash_key', 'api_key_key_hash_key')`,
  'every view asks as its reader': `
    SELECT relname AS broken FROM ${REACHED} t WHERE relkind = 'v' AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)`,
  'no materialized view': `SELECT relname AS broken FROM ${REACHED} t WHERE relkind = 'm'`,
  'functions that run as their owner fix their search path, with pg_temp last': `
    SELECT proname AS broken FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT EXISTS (
      SELECT 1 FROM unnest(coalesce(proconfig, '{}')) AS setting WHERE setting LIKE 'search_path=%pg_temp')`,
  'a login may call only what it is meant to': `
    SELECT r.rolname || ' ' || p.proname AS broken FROM pg_proc p CROSS JOIN pg_roles r
    WHERE p.pronamespace = 'public'::regnamespace AND r.rolname IN ('rolecall_server', 'rolecall_platform', 'rolecall_sync', 'rolecall_auth')
      AND has_function_privilege(r.oid, p.oid, 'EXECUTE') AND (r.rolname, p.proname) NOT IN (VALUES ${EXECUTABLE})`,
  'what is checked at commit is checked per statement, not per row': `
    SELECT tgrelid::regclass || ' ' || tgname AS broken FROM pg_trigger
    WHERE tgdeferrable AND NOT tgisinternal AND tgrelid <> 'commit_check'::regclass`,
  'no immutable function reads a setting': `
    SELECT proname AS broken FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND provolatile = 'i'
      AND coalesce(pg_get_function_sqlbody(oid), prosrc) ~ 'current_(setting|tenant_id|user_id)'`,
  'the queue is reached by its own login only, which reaches nothing else': `
    SELECT rolname || ' queue' AS broken FROM pg_roles WHERE rolname IN (${LOGINS}) AND rolname <> 'rolecall_queue'
      AND has_schema_privilege(oid, 'queue', 'USAGE, CREATE')
    UNION ALL SELECT 'rolecall_queue creates' FROM pg_roles WHERE rolname = 'rolecall_queue' AND has_schema_privilege(oid, 'queue', 'CREATE')
    UNION ALL SELECT 'rolecall_queue ' || relname FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'auth'::regnamespace) AND relkind IN ('r', 'p', 'v', 'm')
      AND (has_table_privilege('rolecall_queue', oid, 'SELECT, INSERT, UPDATE, DELETE') OR has_any_column_privilege('rolecall_queue', oid, 'SELECT, INSERT, UPDATE'))`,
  'no login holds a power, owns anything or belongs to another role': `
    SELECT rolname AS broken FROM pg_roles WHERE rolname IN (${LOGINS})
      AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
    UNION ALL SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname IN (${LOGINS})
    UNION ALL SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname IN (${LOGINS})`,
  'no login may create anything, not even a temporary table': `
    SELECT rolname AS broken FROM pg_roles WHERE rolname IN (${LOGINS})
      AND (has_database_privilege(oid, current_database(), 'TEMPORARY') OR has_schema_privilege(oid, 'public', 'CREATE')
        OR has_database_privilege(oid, current_database(), 'CREATE'))`,
};
