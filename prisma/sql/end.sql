-- Runs last: the partitions of the audit log around this month, and the validation of every function.
SELECT ensure_audit_partitions(3, 3);

SET LOCAL check_function_bodies = on;
DO $$
DECLARE
  owner name;
  validated record;
BEGIN
  FOREACH owner IN ARRAY ARRAY[current_user, 'rolecall_access'] LOOP
    EXECUTE format('SET LOCAL ROLE %I', owner);
    FOR validated IN
      SELECT pg_proc.oid, lanname FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
      WHERE pronamespace = 'public'::regnamespace AND proowner = owner::regrole AND lanname IN ('sql', 'plpgsql')
    LOOP
      IF validated.lanname = 'sql' THEN
        PERFORM fmgr_sql_validator(validated.oid);
      ELSE
        PERFORM plpgsql_validator(validated.oid);
      END IF;
    END LOOP;
  END LOOP;
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = format('%s: %s', validated.oid::regprocedure, SQLERRM);
END $$;
RESET ROLE;

REVOKE CREATE ON SCHEMA public FROM rolecall_access;
