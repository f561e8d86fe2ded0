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
    SELECT grants.code,
      bool_or(retired.code IS NULL AND (grants.conditions IS NULL OR conditions_hold(grants.conditions, context))) AS is_held,
      bool_or(retired.code IS NULL AND grants.conditions IS NULL AND assignment.valid_until IS NULL) AS is_unconditional,
      jsonb_agg(jsonb_build_object('conditions', grants.conditions, 'until', assignment.valid_until)) FILTER (
        WHERE (grants.conditions IS NOT NULL OR assignment.valid_until IS NOT NULL OR retired.code IS NOT NULL)
          AND (grants.conditions IS NULL OR conditions_satisfiable(grants.conditions, context))) AS paths
    FROM active_assignment assignment
    JOIN role ON role.tenant_id = assignment.tenant_id AND role.id = assignment.role_id AND role.deleted_at IS NULL
    JOIN tenant ON tenant.id = assignment.tenant_id
    CROSS JOIN LATERAL (
      SELECT unnest(role.effective_permissions) AS code, NULL::jsonb AS conditions
      UNION ALL
      SELECT entry ->> 'code', entry -> 'conditions' FROM jsonb_array_elements(role.conditional_permissions) AS entry
      UNION ALL
      SELECT permission.code, NULL FROM permission
      WHERE role.is_owner AND (permission.scope = 'tenant' OR tenant.kind = 'platform')
    ) grants
    LEFT JOIN permission retired ON retired.code = grants.code AND retired.retired_at IS NOT NULL
    WHERE assignment.tenant_id = of_tenant AND assignment.membership_id = of_membership
    GROUP BY grants.code
  ) held
$$;
