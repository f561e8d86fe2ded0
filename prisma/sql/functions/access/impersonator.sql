-- Returns the user who acts as another, whom the log names in a tenant of which they need not be a member.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION impersonator(user_id text) RETURNS TABLE (id text, name text, email text, search_text text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT known.id, known.name, known.email, known.search_text FROM "user" known WHERE known.id = user_id AND known.deleted_at IS NULL
$$;
GRANT EXECUTE ON FUNCTION impersonator(text) TO SESSION_USER, rolecall_server, rolecall_sync;
