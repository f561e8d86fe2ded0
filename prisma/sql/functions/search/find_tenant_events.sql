-- Returns the keys of the next events of a list, of the current tenant alone. Without one there are none.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION find_tenant_events(question jsonb) RETURNS TABLE (event_at timestamptz, event_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 30 SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT * FROM find_events(current_tenant_id(), question) WHERE current_tenant_id() IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION find_tenant_events(jsonb) TO rolecall_server;
