-- Returns who holds a permission in the current tenant now, with `include_conditional` also who would hold it about another
-- resource: members (`id` is the membership), and after them each platform role that grants it (`user_id` is null).
-- `conditions_met` is false where only another resource would do. Runs as its caller.
CREATE OR REPLACE FUNCTION permission_holders(of_permission text, resource jsonb, include_conditional boolean)
RETURNS TABLE (sort_key text, id uuid, user_id text, through_tenant boolean, conditions_met boolean, platform_roles jsonb)
LANGUAGE sql STABLE AS $$
  WITH platform AS MATERIALIZED (
    SELECT grants.user_id, grants.role_id, grants.role_name, coalesce((grants.path -> 'conditionsMet')::boolean, true) AS conditions_met,
      jsonb_build_object('id', grants.role_id, 'key', grants.role_key, 'name', grants.role_name, 'isOwner', grants.is_owner,
        'via', 'platform', 'validUntil', NULL, 'conditions', grants.path -> 'conditions',
        'conditionsMet', coalesce(grants.path -> 'conditionsMet', 'true')) AS role
    FROM platform_grants(of_permission, NULL, resource, include_conditional) grants
  ), platform_member AS MATERIALIZED (
    SELECT platform.user_id, bool_or(platform.conditions_met) AS conditions_met, jsonb_agg(platform.role ORDER BY platform.role_name) AS roles
    FROM platform WHERE platform.user_id IS NOT NULL GROUP BY platform.user_id
  ), granting AS MATERIALIZED (
    SELECT * FROM granting_roles(current_tenant_id(), of_permission)
  ), evaluated AS MATERIALIZED (
    SELECT assignment.membership_id, granting.alternatives, here.context,
      granting.alternatives IS NULL OR grant_applies(granting.alternatives, here.context, false) AS conditions_met
    FROM active_assignment assignment
    JOIN granting ON granting.role_id = assignment.role_id
    JOIN tenant ON tenant.id = assignment.tenant_id AND tenant_is_usable(tenant.status)
    JOIN "user" person ON person.id = assignment.user_id
    CROSS JOIN LATERAL (SELECT CASE WHEN granting.alternatives IS NOT NULL THEN access_context(
      person.id, coalesce(person.email_key, person.email), person.email_verified, tenant.id, tenant.slug, resource) END AS context) here
    WHERE assignment.tenant_id = current_tenant_id()
  ), tenant_member AS MATERIALIZED (
    SELECT evaluated.membership_id, bool_or(evaluated.conditions_met) AS conditions_met FROM evaluated
    WHERE evaluated.conditions_met OR (include_conditional AND grant_applies(evaluated.alternatives, evaluated.context, true))
    GROUP BY evaluated.membership_id
  ), member AS (
    SELECT '0' || membership.sort_name AS sort_key, membership.id, membership.user_id,
      membership.status = 'active' AND tenant_member.membership_id IS NOT NULL AS through_tenant,
      (membership.status = 'active' AND coalesce(tenant_member.conditions_met, false))
        OR coalesce(platform_member.conditions_met, false) AS conditions_met,
      coalesce(platform_member.roles, '[]') AS platform_roles
    FROM membership
    JOIN "user" person ON person.id = membership.user_id AND person.deleted_at IS NULL AND NOT person.banned
    LEFT JOIN tenant_member ON tenant_member.membership_id = membership.id
    LEFT JOIN platform_member ON platform_member.user_id = membership.user_id
    -- The status is asked in each branch: alone, the planner takes it for rarer than it is and joins thousands one by one.
    WHERE membership.tenant_id = current_tenant_id() AND (
      (membership.status = 'active' AND tenant_member.membership_id IS NOT NULL)
      OR (membership.status <> 'left' AND platform_member.user_id IS NOT NULL))
  ), platform_role AS (
    SELECT '1' || platform.role_name, platform.role_id, NULL::text, false, bool_or(platform.conditions_met),
      jsonb_build_array((jsonb_agg(platform.role ORDER BY platform.conditions_met DESC)) -> 0)
    FROM platform GROUP BY platform.role_name, platform.role_id
  )
  SELECT * FROM member UNION ALL SELECT * FROM platform_role
$$;
GRANT EXECUTE ON FUNCTION permission_holders(text, jsonb, boolean) TO rolecall_server;
