-- Returns one row with what access rests on: any user, any tenant, and the memberships whose roles count. Columns are null where there is
-- nothing: an unknown user, no such tenant, no membership. `is_effective`: the membership in the tenant grants what its roles hold;
-- `staff_id`: the membership in the platform's tenant, if that does.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_subject(of_user text, of_tenant uuid) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text, is_effective boolean, staff_id uuid
)
LANGUAGE sql STABLE AS $$
  SELECT
    actor.id, actor.name, actor.email, actor.email_key, actor.email_verified,
    CASE WHEN actor.deleted_at IS NOT NULL THEN 'deleted' WHEN actor.banned THEN 'banned' WHEN actor.id IS NOT NULL THEN 'active' END,
    tenant.id, tenant.slug, tenant.status::text, tenant.kind::text,
    member.id, member.status::text,
    actor.deleted_at IS NULL AND NOT actor.banned AND member.status = 'active' AND tenant_is_usable(tenant.status),
    CASE WHEN actor.deleted_at IS NULL AND NOT actor.banned AND staff.status = 'active' THEN staff.id END
  FROM (SELECT of_user AS user_id, of_tenant AS tenant_id) scope
  LEFT JOIN "user" actor ON actor.id = scope.user_id
  LEFT JOIN tenant ON tenant.id = scope.tenant_id
  LEFT JOIN membership member
    ON member.tenant_id = scope.tenant_id AND member.user_id = actor.id AND member.status <> 'left'
  LEFT JOIN membership staff
    ON staff.tenant_id = platform_tenant_id() AND staff.user_id = actor.id AND staff.status <> 'left'
$$;
