-- Returns, for each tenant, which roles grant a permission, own or inherited, and how many members hold one of them
-- now or later. For the platform only. Owners are not counted: they hold every permission.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION permission_usage(of_permission text) RETURNS TABLE (
  tenant_id uuid, tenant_slug text, tenant_name text, roles jsonb, members int
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH granting AS (
    SELECT role.tenant_id, array_agg(role.id) AS role_ids,
      jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name) ORDER BY role.name) AS roles
    FROM role
    WHERE role.deleted_at IS NULL AND (role.effective_permissions @> ARRAY[of_permission]
      OR role.conditional_permissions @> jsonb_build_array(jsonb_build_object('code', of_permission)))
    GROUP BY role.tenant_id
  )
  SELECT tenant.id, tenant.slug, tenant.name, granting.roles, (
      SELECT count(DISTINCT assignment.membership_id)::int FROM open_assignment assignment
      JOIN membership member ON member.tenant_id = assignment.tenant_id AND member.id = assignment.membership_id
        AND member.status <> 'left'
      WHERE assignment.tenant_id = tenant.id AND assignment.role_id = ANY (granting.role_ids)) AS members
  FROM granting JOIN tenant ON tenant.id = granting.tenant_id
  WHERE current_tenant_id() = platform_tenant_id()
  ORDER BY members DESC, tenant.name, tenant.id
$$;
GRANT EXECUTE ON FUNCTION permission_usage(text) TO rolecall_server;
