-- Returns a role of a tenant (depth 0) and its ancestors as they are now. Runs as its caller.
CREATE OR REPLACE FUNCTION role_ancestors(of_tenant uuid, of_role uuid)
RETURNS TABLE (id uuid, key text, name text, depth int)
LANGUAGE sql STABLE AS $$
  SELECT role.id, role.key, role.name, line.depth
  FROM (
    SELECT array_agg(role.id) AS ids, array_agg(role.parent_role_id) AS parent_ids FROM role
    WHERE role.tenant_id = of_tenant AND role.deleted_at IS NULL
  ) graph
  CROSS JOIN LATERAL role_lineage(graph.ids, graph.parent_ids, ARRAY[of_role]) line
  JOIN role ON role.tenant_id = of_tenant AND role.id = line.ancestor_id
$$;
GRANT EXECUTE ON FUNCTION role_ancestors(uuid, uuid) TO rolecall_server, rolecall_access;
