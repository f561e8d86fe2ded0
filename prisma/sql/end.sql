-- Runs last: the partitions of the audit log around this month, and the validation of every function.
SELECT guard_audit_partition('audit_log_default');
SELECT ensure_audit_partitions(3, 3);

SET LOCAL check_function_bodies = on;
SELECT CASE lanname WHEN 'sql' THEN fmgr_sql_validator(pg_proc.oid) WHEN 'plpgsql' THEN plpgsql_validator(pg_proc.oid) END
FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole;
SET LOCAL ROLE rolecall_access;
SELECT CASE lanname WHEN 'sql' THEN fmgr_sql_validator(pg_proc.oid) WHEN 'plpgsql' THEN plpgsql_validator(pg_proc.oid) END
FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole;
RESET ROLE;

REVOKE CREATE ON SCHEMA public FROM rolecall_access;
