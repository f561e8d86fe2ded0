-- Returns the roles that a tenant had, with all they granted: `unconditional` codes, `conditional` [{code, conditions}].
-- Inherited through the parents of that time, owners by the catalogue of that time.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION roles_as_of(of_tenant uuid, as_of timestamptz)
RETURNS TABLE (role_id uuid, state jsonb, unconditional text[], conditional jsonb)
LANGUAGE sql STABLE AS $$
  WITH role AS MATERIALIZED (
    SELECT history.entity_id::uuid AS id, (history.state ->> 'parentRoleId')::uuid AS parent_id, history.state
    FROM states_as_of(of_tenant, 'role', NULL, as_of) history
    WHERE NOT (history.state -> 'deleted')::boolean
  ), catalogue AS MATERIALIZED (
    SELECT code, scope FROM permissions_as_of(as_of)
  ), line AS (
    SELECT lineage.role_id, lineage.ancestor_id
    FROM (SELECT array_agg(id) AS ids, array_agg(parent_id) AS parent_ids FROM role) graph
    CROSS JOIN LATERAL role_lineage(graph.ids, graph.parent_ids, graph.ids) lineage
  ), granted AS MATERIALIZED (
    SELECT DISTINCT line.role_id, entry ->> 'code' AS code, nullif(entry -> 'conditions', 'null') AS conditions
    FROM line JOIN role ancestor ON ancestor.id = line.ancestor_id
    CROSS JOIN LATERAL jsonb_array_elements(ancestor.state -> 'own') entry
    WHERE entry ->> 'code' IN (SELECT catalogue.code FROM catalogue)
    UNION
    SELECT role.id, catalogue.code, NULL FROM role CROSS JOIN catalogue
    WHERE (role.state -> 'isOwner')::boolean AND (catalogue.scope = 'tenant' OR of_tenant = platform_tenant_id())
  ), total AS (
    SELECT granted.role_id,
      array_agg(granted.code ORDER BY granted.code) FILTER (WHERE granted.conditions IS NULL) AS unconditional,
      jsonb_agg(jsonb_build_object('code', granted.code, 'conditions', granted.conditions))
        FILTER (WHERE granted.conditions IS NOT NULL) AS conditional
    FROM granted GROUP BY granted.role_id
  )
  SELECT role.id, role.state, coalesce(total.unconditional, '{}'), coalesce(total.conditional, '[]')
  FROM role LEFT JOIN total ON total.role_id = role.id
$$;
