-- Returns each of these roles with itself (depth 0) and its ancestors, at most eight. The role graph is given as the ids of
-- all its roles and of their parents, so that the roles of now and of any past instant are walked alike: nothing else in
-- SQL walks inheritance. A parent outside the graph ends the line.
CREATE OR REPLACE FUNCTION role_lineage(ids uuid[], parent_ids uuid[], of_roles uuid[])
RETURNS TABLE (role_id uuid, ancestor_id uuid, depth int)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH RECURSIVE node AS MATERIALIZED (
    SELECT id, parent_id FROM unnest(ids, parent_ids) AS node (id, parent_id)
  ), line AS (
    SELECT node.id AS role_id, node.id AS ancestor_id, node.parent_id, 0 AS depth FROM node WHERE node.id = ANY (of_roles)
    UNION ALL
    SELECT line.role_id, node.id, node.parent_id, line.depth + 1
    FROM line JOIN node ON node.id = line.parent_id
    WHERE line.depth < 8
  )
  SELECT line.role_id, line.ancestor_id, line.depth FROM line
$$;
GRANT EXECUTE ON FUNCTION role_lineage(uuid[], uuid[], uuid[]) TO rolecall_server, rolecall_access;
