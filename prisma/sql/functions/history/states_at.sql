-- Returns the last state of each entity of one kind, or (ids) of some of them: all of a kind are read in one pass of
-- the index.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION states_at(of_tenant uuid, of_kind text, ids text[], moment timestamptz) RETURNS TABLE (entity_id text, state jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF ids IS NULL THEN
    RETURN QUERY SELECT DISTINCT ON (remembered.entity_id) remembered.entity_id, remembered.state FROM access_state remembered
      WHERE remembered.tenant_id = of_tenant AND remembered.kind = of_kind AND remembered.at <= moment
      ORDER BY remembered.entity_id DESC, remembered.at DESC;
  ELSE
    RETURN QUERY SELECT wanted.id, last.state FROM unnest(ids) AS wanted (id) CROSS JOIN LATERAL (
      SELECT remembered.state FROM access_state remembered
      WHERE remembered.tenant_id = of_tenant AND remembered.kind = of_kind AND remembered.entity_id = wanted.id AND remembered.at <= moment
      ORDER BY remembered.at DESC LIMIT 1) last;
  END IF;
END $$;
