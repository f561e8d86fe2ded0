-- Returns how a role comes to grant a permission, {chain, conditions, conditionsMet}: `chain` are the roles from this one up
-- to the nearest ancestor that grants it unconditionally, or else whose conditions hold, or else could hold for some
-- resource, or else exist. Runs as its caller.
CREATE OR REPLACE FUNCTION grant_path(of_tenant uuid, of_role uuid, of_permission text, context jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  WITH ancestor AS MATERIALIZED (
    SELECT * FROM role_ancestors(of_tenant, of_role)
  ), nearest AS (
    SELECT ancestor.depth, granted.conditions, conditions_hold(granted.conditions, context) AS conditions_met
    FROM ancestor
    JOIN role_permission granted ON granted.tenant_id = of_tenant AND granted.role_id = ancestor.id
      AND granted.permission_code = of_permission
    ORDER BY conditions_met DESC, granted.conditions IS NULL DESC,
      conditions_satisfiable(granted.conditions, context) DESC, ancestor.depth
    LIMIT 1
  )
  SELECT jsonb_build_object('conditions', nearest.conditions, 'conditionsMet', nearest.conditions_met, 'chain', (
    SELECT jsonb_agg(jsonb_build_object('id', ancestor.id, 'key', ancestor.key, 'name', ancestor.name) ORDER BY ancestor.depth)
    FROM ancestor WHERE ancestor.depth <= nearest.depth))
  FROM nearest
$$;
GRANT EXECUTE ON FUNCTION grant_path(uuid, uuid, text, jsonb) TO rolecall_server, rolecall_access;
