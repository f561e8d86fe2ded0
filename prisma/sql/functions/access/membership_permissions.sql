-- Returns what a membership holds now in this context: `codes`, and in `conditional_grants`, for each code that is not held
-- unconditionally and for good, the paths by which it is held, {code: [{conditions, until}]}, without those that no
-- resource could satisfy. A retired code is not held, but stays in `conditional_grants`: it would be held if it were restored.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION membership_permissions(of_tenant uuid, of_membership uuid, context jsonb)
RETURNS TABLE (codes text[], conditional_grants jsonb)
LANGUAGE sql STABLE AS $$
  SELECT
    coalesce(array_agg(held.code ORDER BY held.code) FILTER (WHERE held.is_held), '{}'),
    coalesce(jsonb_object_agg(held.code, held.paths) FILTER (WHERE held.paths IS NOT NULL AND NOT held.is_unconditional), '{}')
  FROM (
    SELECT granted.code,
      bool_or(NOT granted.is_retired AND (granted.conditions IS NULL OR conditions_hold(granted.conditions, context))) AS is_held,
      bool_or(NOT granted.is_retired AND granted.conditions IS NULL AND granted.valid_until IS NULL) AS is_unconditional,
      jsonb_agg(jsonb_build_object('conditions', granted.conditions, 'until', granted.valid_until)) FILTER (
        WHERE (granted.conditions IS NOT NULL OR granted.valid_until IS NOT NULL OR granted.is_retired)
          AND (granted.conditions IS NULL OR conditions_satisfiable(granted.conditions, context))) AS paths
    FROM active_grant granted
    WHERE granted.tenant_id = of_tenant AND granted.membership_id = of_membership
    GROUP BY granted.code
  ) held
$$;
