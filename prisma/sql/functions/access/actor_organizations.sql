-- Returns the organizations at the identity provider behind the current user's tenants: the console names the one in
-- use to the provider.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION actor_organizations() RETURNS TABLE (tenant_id uuid, identity_org_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT tenant.id, tenant.identity_org_id
  FROM membership member
  JOIN tenant ON tenant.id = member.tenant_id
  WHERE member.user_id = current_user_id() AND member.status <> 'left'
    AND tenant.identity_org_id IS NOT NULL
$$;
GRANT EXECUTE ON FUNCTION actor_organizations() TO rolecall_server;
