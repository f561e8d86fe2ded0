-- Returns one row about any user in any tenant, for the guard and for questions about others. Platform roles are
-- evaluated in the context of the tenant that is asked about. Columns are null where there is nothing: an unknown
-- user, no such tenant, no membership.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_of(of_user text, of_tenant uuid, resource jsonb) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], conditional_grants jsonb, platform_permissions text[], platform_conditional_grants jsonb
)
LANGUAGE sql STABLE AS $$
  SELECT
    actor.id, actor.name, actor.email, actor.email_key, actor.email_verified,
    CASE WHEN actor.deleted_at IS NOT NULL THEN 'deleted' WHEN actor.banned THEN 'banned' WHEN actor.id IS NOT NULL THEN 'active' END,
    tenant.id, tenant.slug, tenant.status::text, tenant.kind::text,
    member.id, member.status::text,
    coalesce(own.codes, '{}'), coalesce(own.conditional_grants, '{}'),
    coalesce(platform.codes, '{}'), coalesce(platform.conditional_grants, '{}')
  FROM (SELECT of_user AS user_id, of_tenant AS tenant_id) scope
  LEFT JOIN "user" actor ON actor.id = scope.user_id
  LEFT JOIN tenant ON tenant.id = scope.tenant_id
  LEFT JOIN membership member
    ON member.tenant_id = scope.tenant_id AND member.user_id = actor.id AND member.status <> 'left'
  LEFT JOIN membership staff
    ON staff.tenant_id = platform_tenant_id() AND staff.user_id = actor.id AND staff.status <> 'left'
  LEFT JOIN LATERAL (
    SELECT held.codes, held.conditional_grants
    FROM membership_permissions(member.tenant_id, member.id,
      access_context(actor.id, coalesce(actor.email_key, actor.email), actor.email_verified, tenant.id, tenant.slug, resource)) held
    WHERE actor.deleted_at IS NULL AND NOT actor.banned AND member.status = 'active' AND tenant_is_usable(tenant.status)
  ) own ON true
  LEFT JOIN LATERAL (
    SELECT held.codes, held.conditional_grants
    FROM membership_permissions(staff.tenant_id, staff.id,
      access_context(actor.id, coalesce(actor.email_key, actor.email), actor.email_verified, tenant.id, tenant.slug, resource)) held
    WHERE actor.deleted_at IS NULL AND NOT actor.banned AND staff.status = 'active'
  ) platform ON true
$$;
