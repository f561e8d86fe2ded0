-- Returns access_of() the current user in the current tenant. Every request asks, and most users hold what they hold for good and without
-- conditions: only where they do not, each code is looked at.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION actor_access(resource jsonb DEFAULT '{}') RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], conditional_grants jsonb, platform_permissions text[], platform_conditional_grants jsonb
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  of_user CONSTANT text := current_user_id();
  of_tenant CONSTANT uuid := current_tenant_id();
  subject record;
  effective_id uuid;
  held record;
  own record;
  platform record;
  context jsonb;
BEGIN
  SELECT * INTO subject FROM access_subject(of_user, of_tenant);
  effective_id := CASE WHEN subject.is_effective THEN subject.membership_id END;
  SELECT
    coalesce(array_agg(code ORDER BY code) FILTER (WHERE is_own), '{}') AS own,
    coalesce(array_agg(code ORDER BY code) FILTER (WHERE is_platform), '{}') AS platform,
    bool_or(is_limited) AS is_limited INTO held
  FROM (
    SELECT granted.code, bool_or(granted.membership_id = effective_id) AS is_own,
      bool_or(granted.membership_id = subject.staff_id) AS is_platform,
      bool_or(granted.conditions IS NOT NULL OR granted.valid_until IS NOT NULL OR granted.is_retired) AS is_limited
    FROM (VALUES (of_tenant, effective_id), (platform_tenant_id(), nullif(subject.staff_id, effective_id))) member (tenant_id, id)
    JOIN active_grant granted ON granted.tenant_id = member.tenant_id AND granted.membership_id = member.id
    GROUP BY granted.code
  ) each;
  SELECT held.own AS codes, '{}'::jsonb AS conditional_grants INTO own;
  SELECT held.platform AS codes, '{}'::jsonb AS conditional_grants INTO platform;
  IF held.is_limited THEN
    context := access_context(subject.user_id, coalesce(subject.user_email_key, subject.user_email), subject.user_email_verified,
      subject.tenant_id, subject.tenant_slug, resource);
    SELECT * INTO own FROM membership_permissions(of_tenant, effective_id, context);
    SELECT * INTO platform FROM membership_permissions(platform_tenant_id(), subject.staff_id, context);
  END IF;
  RETURN QUERY SELECT
    subject.user_id, subject.user_name, subject.user_email, subject.user_email_key, subject.user_email_verified, subject.user_state,
    subject.tenant_id, subject.tenant_slug, subject.tenant_status, subject.tenant_kind, subject.membership_id, subject.membership_status,
    own.codes, own.conditional_grants, platform.codes, platform.conditional_grants;
END
$$;
GRANT EXECUTE ON FUNCTION actor_access(jsonb) TO rolecall_server, rolecall_platform;
