-- Returns one row about any user in any tenant, for questions about others. Platform roles are evaluated in the context of the tenant
-- that is asked about.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_of(of_user text, of_tenant uuid, resource jsonb) RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], conditional_grants jsonb, platform_permissions text[], platform_conditional_grants jsonb
)
LANGUAGE sql STABLE AS $$
  SELECT
    subject.user_id, subject.user_name, subject.user_email, subject.user_email_key, subject.user_email_verified, subject.user_state,
    subject.tenant_id, subject.tenant_slug, subject.tenant_status, subject.tenant_kind,
    subject.membership_id, subject.membership_status,
    coalesce(own.codes, '{}'), coalesce(own.conditional_grants, '{}'),
    coalesce(platform.codes, '{}'), coalesce(platform.conditional_grants, '{}')
  FROM access_subject(of_user, of_tenant) subject
  CROSS JOIN LATERAL (SELECT access_context(subject.user_id, coalesce(subject.user_email_key, subject.user_email),
    subject.user_email_verified, subject.tenant_id, subject.tenant_slug, resource) AS asked) context
  LEFT JOIN LATERAL (
    SELECT held.codes, held.conditional_grants
    FROM membership_permissions(subject.tenant_id, subject.membership_id, context.asked) held WHERE subject.is_effective
  ) own ON true
  LEFT JOIN LATERAL (
    SELECT held.codes, held.conditional_grants
    FROM membership_permissions(platform_tenant_id(), subject.staff_id, context.asked) held WHERE subject.staff_id IS NOT NULL
  ) platform ON true
$$;
