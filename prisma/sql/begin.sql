-- Runs first. Functions are created in any order (end.sql validates them), those that rolecall_access owns by that role
-- itself, and the grants in their files are all there are. The functions that policies need come with the migrations.
GRANT CREATE ON SCHEMA public TO rolecall_access;
SET LOCAL check_function_bodies = off;

DO $$
DECLARE
  granted regprocedure;
BEGIN
  FOR granted IN
    SELECT oid FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
      AND oid NOT IN (SELECT refobjid FROM pg_depend WHERE classid = 'pg_policy'::regclass)
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM rolecall_server, rolecall_platform, rolecall_sync, rolecall_access', granted);
  END LOOP;
  SET LOCAL ROLE rolecall_access;
  FOR granted IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM rolecall_server, rolecall_platform, rolecall_sync', granted);
  END LOOP;
END $$;
