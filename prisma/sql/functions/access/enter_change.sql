-- Begins a change in one round trip: sets the scope of the transaction, locks the tenant, takes a shared lock on the permission
-- catalogue, which lock_catalogue() locks exclusively before it changes, and returns actor_access(). In PL/pgSQL each statement
-- sees what was committed before it, so that the access is that of after the wait. Runs as its caller.
CREATE OR REPLACE FUNCTION enter_change(of_tenant uuid, of_user text) RETURNS jsonb
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.current_tenant_id', of_tenant::text, true), set_config('app.current_user_id', coalesce(of_user, ''), true);
  PERFORM pg_advisory_xact_lock(hashtextextended('tenant:' || of_tenant, 0));
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('catalogue', 0));
  RETURN (SELECT to_jsonb(access) FROM actor_access() access);
END $$;
GRANT EXECUTE ON FUNCTION enter_change(uuid, text) TO rolecall_server;
