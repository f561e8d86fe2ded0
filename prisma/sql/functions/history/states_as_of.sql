-- Returns the last state of each entity of one kind, or (ids) of some of them: all of a kind are read in one pass of the
-- index. PL/pgSQL, so that each of the two statements has a plan of its own.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION states_as_of(of_tenant uuid, of_kind text, ids text[], as_of timestamptz)
RETURNS TABLE (entity_id text, state jsonb)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF ids IS NULL THEN
    RETURN QUERY SELECT DISTINCT ON (history.entity_id) history.entity_id, history.state FROM access_history history
      WHERE history.tenant_id = of_tenant AND history.kind = of_kind AND history.at <= as_of
      ORDER BY history.entity_id DESC, history.at DESC;
  ELSE
    RETURN QUERY SELECT listed.id, last.state FROM unnest(ids) AS listed (id) CROSS JOIN LATERAL (
      SELECT history.state FROM access_history history
      WHERE history.tenant_id = of_tenant AND history.kind = of_kind AND history.entity_id = listed.id AND history.at <= as_of
      ORDER BY history.at DESC LIMIT 1) last;
  END IF;
END $$;
