-- The organizations at the identity provider that stand behind the current actor's tenants: the console tells the provider
-- which one is in use.
GRANT CREATE ON SCHEMA public TO rolecall_access;
SET ROLE rolecall_access;

CREATE FUNCTION actor_organizations() RETURNS TABLE (tenant_id uuid, identity_org_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT tenant.id, tenant.identity_org_id
  FROM public.membership member
  JOIN public.tenant ON tenant.id = member.tenant_id
  WHERE member.user_id = nullif(current_setting('app.current_user_id', true), '') AND member.status <> 'left'
    AND tenant.identity_org_id IS NOT NULL
$$;

REVOKE EXECUTE ON FUNCTION actor_organizations() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION actor_organizations() TO rolecall_server;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM rolecall_access;
