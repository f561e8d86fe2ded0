-- Returns what a membership holds now in this context: `codes`, and in `limited`, for each code that is not held
-- unconditionally and for good, the ways in which it is held, {code: [{conditions, until}]}, without those that no
-- resource could satisfy. A retired code is not held, but stays in `limited`: it would be held if it were restored.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION held_permissions(of_tenant uuid, of_membership uuid, context jsonb) RETURNS TABLE (codes text[], limited jsonb)
LANGUAGE sql STABLE AS $$
  SELECT
    coalesce(array_agg(given.code ORDER BY given.code) FILTER (WHERE given.is_held), '{}'),
    coalesce(jsonb_object_agg(given.code, given.ways) FILTER (WHERE given.ways IS NOT NULL AND NOT given.is_firm), '{}')
  FROM (
    SELECT granted.code,
      bool_or(asleep.code IS NULL AND (granted.conditions IS NULL OR conditions_hold(granted.conditions, context))) AS is_held,
      bool_or(asleep.code IS NULL AND granted.conditions IS NULL AND held.valid_until IS NULL) AS is_firm,
      jsonb_agg(jsonb_build_object('conditions', granted.conditions, 'until', held.valid_until))
        FILTER (WHERE (granted.conditions IS NOT NULL OR held.valid_until IS NOT NULL OR asleep.code IS NOT NULL)
          AND (granted.conditions IS NULL OR conditions_in_reach(granted.conditions, context))) AS ways
    FROM active_assignment held
    JOIN role ON role.tenant_id = held.tenant_id AND role.id = held.role_id AND role.deleted_at IS NULL
    JOIN tenant ON tenant.id = held.tenant_id
    CROSS JOIN LATERAL (
      SELECT unnest(role.effective_permissions) AS code, NULL::jsonb AS conditions
      UNION ALL
      SELECT entry ->> 'code', entry -> 'conditions' FROM jsonb_array_elements(role.conditional_permissions) AS entry
      UNION ALL
      SELECT permission.code, NULL FROM permission
      WHERE role.is_owner AND (permission.scope = 'tenant' OR tenant.kind = 'platform')
    ) granted
    LEFT JOIN permission asleep ON asleep.code = granted.code AND asleep.retired_at IS NOT NULL
    WHERE held.tenant_id = of_tenant AND held.membership_id = of_membership
    GROUP BY granted.code
  ) given
$$;
