-- Returns the members of the current tenant whose roles count: active, of a tenant that is usable, and neither banned nor deleted.
-- The policy of "user" would look up each of thousands of members again.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION acting_members() RETURNS TABLE (id uuid, user_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT membership.id, membership.user_id FROM membership
  JOIN tenant ON tenant.id = membership.tenant_id AND tenant_is_usable(tenant.status)
  WHERE membership.tenant_id = current_tenant_id() AND membership.status = 'active' AND NOT EXISTS (
    SELECT FROM "user" disabled
    WHERE disabled.id = membership.user_id AND (disabled.banned OR disabled.deleted_at IS NOT NULL))
$$;
GRANT EXECUTE ON FUNCTION acting_members() TO rolecall_server;
