-- Returns the permissions that were not retired. The catalogue is the same for every tenant.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION permissions_as_of(as_of timestamptz) RETURNS TABLE (code text, scope text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT permission.entity_id, permission.state ->> 'scope'
  FROM states_as_of(platform_tenant_id(), 'permission', NULL, as_of) permission
  WHERE NOT (permission.state -> 'retired')::boolean
$$;
GRANT EXECUTE ON FUNCTION permissions_as_of(timestamptz) TO rolecall_server;
