-- Returns the roles that could count in the current tenant: its own, and those of the platform.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION past_roles(moment timestamptz) RETURNS TABLE (via text, role_id uuid, state jsonb, always text[], sometimes jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH scope AS MATERIALIZED (SELECT current_tenant_id() AS tenant_id)
  SELECT 'tenant', roles.* FROM scope CROSS JOIN LATERAL roles_at(scope.tenant_id, moment) roles
  UNION ALL
  SELECT 'platform', roles.* FROM scope CROSS JOIN LATERAL roles_at(platform_tenant_id(), moment) roles
  WHERE scope.tenant_id <> platform_tenant_id()
$$;
GRANT EXECUTE ON FUNCTION past_roles(timestamptz) TO rolecall_server;
