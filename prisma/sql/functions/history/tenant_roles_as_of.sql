-- Returns the roles that could count in the current tenant: its own, and those of the platform.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION tenant_roles_as_of(as_of timestamptz)
RETURNS TABLE (via text, role_id uuid, state jsonb, unconditional text[], conditional jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'tenant', role.* FROM roles_as_of(current_tenant_id(), as_of) role
  UNION ALL
  SELECT 'platform', role.* FROM roles_as_of(platform_tenant_id(), as_of) role
  WHERE current_tenant_id() <> platform_tenant_id()
$$;
GRANT EXECUTE ON FUNCTION tenant_roles_as_of(timestamptz) TO rolecall_server;
