-- Returns, for each tenant, which roles carry a permission, own or inherited, and how many members hold one of them
-- now or later. For the platform only. Owners are not counted: they hold every permission.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION permission_usage(wanted text) RETURNS TABLE (
  tenant_id uuid, tenant_slug text, tenant_name text, roles jsonb, members int
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT tenant.id, tenant.slug, tenant.name, carrying.roles, (
      SELECT count(DISTINCT held.membership_id)::int FROM open_assignment held
      JOIN membership member
        ON member.tenant_id = held.tenant_id AND member.id = held.membership_id AND member.status <> 'left'
      WHERE held.tenant_id = tenant.id AND held.role_id = ANY (carrying.ids))
  FROM (
    SELECT role.tenant_id, array_agg(role.id) AS ids,
      jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name) ORDER BY role.name) AS roles
    FROM role
    WHERE role.deleted_at IS NULL AND (role.effective_permissions @> ARRAY[wanted]
      OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', wanted)))
    GROUP BY role.tenant_id
  ) carrying JOIN tenant ON tenant.id = carrying.tenant_id
  WHERE current_tenant_id() = platform_tenant_id()
  ORDER BY 5 DESC, tenant.name, tenant.id
$$;
GRANT EXECUTE ON FUNCTION permission_usage(text) TO rolecall_server;
