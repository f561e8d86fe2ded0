-- Returns the permissions that were not retired. The catalogue is the same for every tenant.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION catalogue_at(moment timestamptz) RETURNS TABLE (code text, scope text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT known.entity_id, known.state ->> 'scope' FROM (
    SELECT DISTINCT ON (entity_id) entity_id, state FROM access_state
    WHERE tenant_id = platform_tenant_id() AND kind = 'permission' AND at <= moment
    ORDER BY entity_id, at DESC) known
  WHERE NOT (known.state -> 'retired')::boolean
$$;
GRANT EXECUTE ON FUNCTION catalogue_at(timestamptz) TO rolecall_server;
