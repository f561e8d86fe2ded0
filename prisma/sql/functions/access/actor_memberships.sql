-- Returns every tenant the current user belongs to, with the roles and permissions held there now.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION actor_memberships() RETURNS TABLE (
  tenant_id uuid, tenant_slug text, tenant_name text, tenant_kind text, tenant_status text,
  membership_id uuid, membership_status text, roles jsonb, permissions text[]
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT
    tenant.id, tenant.slug, tenant.name, tenant.kind::text, tenant.status::text, member.id, member.status::text,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name)
        ORDER BY assignment.is_primary DESC, role.name)
      FROM active_assignment assignment
      JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.deleted_at IS NULL
      WHERE assignment.tenant_id = member.tenant_id AND assignment.membership_id = member.id
    ), '[]'),
    CASE WHEN member.status = 'active' AND tenant_is_usable(tenant.status) THEN ARRAY(
      SELECT DISTINCT granted.code FROM active_grant granted
      WHERE granted.tenant_id = member.tenant_id AND granted.membership_id = member.id AND NOT granted.is_retired
        AND (granted.conditions IS NULL OR conditions_hold(granted.conditions, access_context(actor.id,
          coalesce(actor.email_key, actor.email), actor.email_verified, tenant.id, tenant.slug, '{}')))
      ORDER BY granted.code)
    ELSE '{}' END
  FROM membership member
  JOIN tenant ON tenant.id = member.tenant_id
  JOIN "user" actor ON actor.id = member.user_id AND actor.deleted_at IS NULL AND NOT actor.banned
  WHERE member.user_id = current_user_id() AND member.status <> 'left'
  ORDER BY tenant.kind, tenant.name, tenant.id
$$;
GRANT EXECUTE ON FUNCTION actor_memberships() TO rolecall_server;
