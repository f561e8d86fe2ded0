-- Returns the last state of one entity, null where it did not exist yet.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION state_as_of(of_tenant uuid, of_kind text, of_entity text, as_of timestamptz) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT state FROM access_history
  WHERE tenant_id = of_tenant AND kind = of_kind AND entity_id = of_entity AND at <= as_of
  ORDER BY at DESC LIMIT 1
$$;
