-- Returns access_of() the current user in the current tenant.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION actor_access(resource jsonb DEFAULT '{}') RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], conditional_grants jsonb, platform_permissions text[], platform_conditional_grants jsonb
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT * FROM access_of(current_user_id(), current_tenant_id(), resource)
$$;
GRANT EXECUTE ON FUNCTION actor_access(jsonb) TO rolecall_server, rolecall_platform;
