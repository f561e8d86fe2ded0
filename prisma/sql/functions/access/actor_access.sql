-- Returns access_of() the current user in the current tenant. Every request asks, and most callers are no staff: step by step it costs
-- PostgreSQL two thirds of the one large plan.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION actor_access(resource jsonb DEFAULT '{}') RETURNS TABLE (
  user_id text, user_name text, user_email text, user_email_key text, user_email_verified boolean, user_state text,
  tenant_id uuid, tenant_slug text, tenant_status text, tenant_kind text,
  membership_id uuid, membership_status text,
  permissions text[], conditional_grants jsonb, platform_permissions text[], platform_conditional_grants jsonb
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  subject record;
  context jsonb;
  own record;
  platform record;
BEGIN
  SELECT * INTO subject FROM access_subject(current_user_id(), current_tenant_id());
  context := access_context(subject.user_id, coalesce(subject.user_email_key, subject.user_email), subject.user_email_verified,
    subject.tenant_id, subject.tenant_slug, resource);
  SELECT '{}'::text[] AS codes, '{}'::jsonb AS conditional_grants INTO own;
  platform := own;
  IF subject.is_effective THEN
    SELECT held.codes, held.conditional_grants INTO own
    FROM membership_permissions(subject.tenant_id, subject.membership_id, context) held;
  END IF;
  IF subject.staff_id IS NOT NULL THEN
    SELECT held.codes, held.conditional_grants INTO platform
    FROM membership_permissions(platform_tenant_id(), subject.staff_id, context) held;
  END IF;
  RETURN QUERY SELECT
    subject.user_id, subject.user_name, subject.user_email, subject.user_email_key, subject.user_email_verified, subject.user_state,
    subject.tenant_id, subject.tenant_slug, subject.tenant_status, subject.tenant_kind, subject.membership_id, subject.membership_status,
    own.codes, own.conditional_grants, platform.codes, platform.conditional_grants;
END
$$;
GRANT EXECUTE ON FUNCTION actor_access(jsonb) TO rolecall_server, rolecall_platform;
