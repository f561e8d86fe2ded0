-- Returns how a role comes to grant a permission, {chain, conditions, conditionsMet}: `chain` are the roles from this one up
-- to the nearest ancestor that grants it unconditionally, or else whose conditions hold, or else are in reach, or
-- else exist. Runs as its caller.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION granting_chain(of_tenant uuid, of_role uuid, wanted text, context jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE ancestor AS (
    SELECT role.id, role.parent_role_id, 0 AS depth,
      jsonb_build_array(jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name)) AS chain
    FROM role WHERE role.tenant_id = of_tenant AND role.id = of_role
    UNION ALL
    SELECT role.id, role.parent_role_id, ancestor.depth + 1,
      ancestor.chain || jsonb_build_object('id', role.id, 'key', role.key, 'name', role.name)
    FROM ancestor
    JOIN role ON role.tenant_id = of_tenant AND role.id = ancestor.parent_role_id AND role.deleted_at IS NULL
    WHERE ancestor.depth < 8
  ), found AS (
    SELECT ancestor.chain, ancestor.depth, granted.conditions, conditions_hold(granted.conditions, context) AS is_met
    FROM ancestor
    JOIN role_permission granted
      ON granted.tenant_id = of_tenant AND granted.role_id = ancestor.id AND granted.permission_code = wanted
  )
  SELECT jsonb_build_object('chain', chain, 'conditions', conditions, 'conditionsMet', is_met)
  FROM found ORDER BY is_met DESC, conditions IS NULL DESC, conditions_in_reach(conditions, context) DESC, depth LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION granting_chain(uuid, uuid, text, jsonb) TO rolecall_server;
