-- Returns the roles of a tenant that existed, with all they granted: `always` unconditionally, `sometimes` [{code,
-- conditions}]. Inherited through the parents of that time, owners by the catalogue of that time.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION roles_at(of_tenant uuid, moment timestamptz) RETURNS TABLE (role_id uuid, state jsonb, always text[], sometimes jsonb)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE living AS MATERIALIZED (
    SELECT remembered.entity_id::uuid AS id, remembered.state, (remembered.state ->> 'parentRoleId')::uuid AS parent_id
    FROM states_at(of_tenant, 'role', NULL, moment) remembered
    WHERE NOT (remembered.state -> 'deleted')::boolean
  ), catalogue AS MATERIALIZED (
    SELECT code, scope FROM catalogue_at(moment)
  ), line AS (
    SELECT living.id, living.id AS giver_id, 0 AS depth FROM living
    UNION ALL
    SELECT line.id, living.parent_id, line.depth + 1 FROM line JOIN living ON living.id = line.giver_id
    WHERE living.parent_id IS NOT NULL AND line.depth < 8
  ), given AS MATERIALIZED (
    SELECT DISTINCT line.id, own ->> 'code' AS code, nullif(own -> 'conditions', 'null') AS conditions
    FROM line JOIN living giver ON giver.id = line.giver_id
    CROSS JOIN LATERAL jsonb_array_elements(giver.state -> 'own') own
    WHERE own ->> 'code' IN (SELECT catalogue.code FROM catalogue)
    UNION
    SELECT living.id, catalogue.code, NULL FROM living CROSS JOIN catalogue
    WHERE (living.state -> 'isOwner')::boolean
      AND (catalogue.scope = 'tenant' OR of_tenant = platform_tenant_id())
  )
  SELECT living.id, living.state, coalesce(sum.always, '{}'), coalesce(sum.sometimes, '[]')
  FROM living LEFT JOIN (
    SELECT given.id, array_agg(given.code ORDER BY given.code) FILTER (WHERE given.conditions IS NULL) AS always,
      jsonb_agg(jsonb_build_object('code', given.code, 'conditions', given.conditions)) FILTER (WHERE given.conditions IS NOT NULL) AS sometimes
    FROM given GROUP BY given.id) sum ON sum.id = living.id
$$;
