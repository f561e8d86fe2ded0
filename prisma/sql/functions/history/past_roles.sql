-- Returns the roles that could count in the current tenant: its own, and those of the platform.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION past_roles(moment timestamptz) RETURNS TABLE (via text, role_id uuid, state jsonb, always text[], sometimes jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH scope AS MATERIALIZED (SELECT nullif(current_setting('app.current_tenant_id', true), '')::uuid AS tenant_id)
  SELECT 'tenant', roles.* FROM scope CROSS JOIN LATERAL public.roles_at(scope.tenant_id, moment) roles
  UNION ALL
  SELECT 'platform', roles.* FROM scope CROSS JOIN LATERAL public.roles_at('00000000-0000-7000-8000-000000000001', moment) roles
  WHERE scope.tenant_id <> '00000000-0000-7000-8000-000000000001'
$$;
GRANT EXECUTE ON FUNCTION past_roles(timestamptz) TO rolecall_server;
