-- Returns the keys of the next events of a list, of one tenant or (null) of all. `question`:
--   filter      columns and what they equal; for the action a pattern of LIKE
--   patterns    of LIKE: all of them match the text of the event, or all match the name of one user in it
--   from, to    instants between which the events are
--   after       the event behind which the list goes on: {at, id}, with isInclusive this one too
--   descending  newest first
--   size        as many
-- Goes from month to month, then in greater steps, so that what is common ends after one. Of the users who match, 1,000 count.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION find_events(of_tenant uuid, question jsonb) RETURNS TABLE (event_at timestamptz, event_id uuid)
LANGUAGE plpgsql STABLE ROWS 30 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  body CONSTANT text := 'search.audit_text(event.action, event.category, event.outcome, event.permission, event.search_text, event.target_label, event.reason)';
  is_descending CONSTANT boolean := (question -> 'descending')::boolean;
  ordered CONSTANT text := CASE WHEN is_descending THEN ' ORDER BY created_at DESC, id DESC' ELSE ' ORDER BY created_at, id' END;
  in_tenant CONSTANT text := CASE WHEN of_tenant IS NULL THEN '' ELSE ' AND tenant_id = ' || quote_literal(of_tenant) END;
  conditions CONSTANT text := coalesce((
    SELECT string_agg(' AND ' || CASE
      WHEN key = 'action' THEN 'event.action LIKE ' || quote_literal(value) || ' AND ' || body || ' LIKE ' || quote_literal('% ' || value || CASE WHEN value LIKE '%\%' THEN '' ELSE ' %' END)
      WHEN key IN ('category', 'outcome') AND value <> 'allowed'
        THEN format('event.%I', key) || ' = ' || quote_literal(value) || ' AND ' || body || ' LIKE ' || quote_literal('% ' || value || ' %')
      ELSE format('event.%I = %L', key, value) END, '') FROM jsonb_each_text(question -> 'filter')), '')
    || coalesce((SELECT format(' AND (created_at, id) %s (%L::timestamptz, %L::uuid)',
      CASE WHEN is_descending THEN '<' ELSE '>' END || CASE WHEN (listed.after -> 'isInclusive')::boolean THEN '=' ELSE '' END,
      listed.after ->> 'at', listed.after ->> 'id')
      FROM (SELECT nullif(question -> 'after', 'null') AS after) listed WHERE listed.after IS NOT NULL), '');
  terms CONSTANT text[] := ARRAY(SELECT quote_literal(value) FROM jsonb_array_elements_text(question -> 'patterns'));
  matching CONSTANT text := (SELECT coalesce(string_agg(' AND ' || body || ' LIKE ' || term, ''), '') FROM unnest(terms) term);
  sources text := 'SELECT created_at, id FROM audit_log event WHERE created_at BETWEEN $1 AND $2' || in_tenant || conditions || matching;
  named_in uuid[];
  named text[];
  oldest timestamptz;
  newest timestamptz;
  edge timestamptz;
  months int := 0;
  missing int := (question -> 'size')::int;
  added int;
BEGIN
  IF terms <> '{}' THEN
    EXECUTE (SELECT 'SELECT array_agg(tenant_id), array_agg(user_id) FROM (SELECT tenant_id, user_id FROM audit_subject WHERE true' || in_tenant
      || string_agg(' AND '' '' || search_text LIKE ' || term, '') || ' LIMIT 1000) matching' FROM unnest(terms) term) INTO named_in, named;
    sources := sources || coalesce((SELECT string_agg(format(' UNION SELECT created_at, id FROM unnest(%L::uuid[], %L::text[]) named (of_tenant, of_user)
      JOIN audit_log event ON event.tenant_id = named.of_tenant AND event.%I = named.of_user WHERE created_at BETWEEN $1 AND $2', named_in, named, role)
      || conditions, '') FROM unnest(ARRAY['actor_id', 'subject_id', 'impersonator_id']) role WHERE named <> '{}'), '');
  END IF;
  EXECUTE 'SELECT min(created_at), max(created_at) FROM audit_log WHERE true' || in_tenant INTO oldest, newest;
  oldest := greatest(oldest, (question ->> 'from')::timestamptz, CASE WHEN NOT is_descending THEN (question #>> '{after,at}')::timestamptz END);
  newest := least(newest, (question ->> 'to')::timestamptz, CASE WHEN is_descending THEN (question #>> '{after,at}')::timestamptz END);
  WHILE missing > 0 AND oldest <= newest LOOP
    edge := CASE WHEN is_descending THEN date_trunc('month', newest, 'UTC') - make_interval(months => months)
      ELSE date_trunc('month', oldest, 'UTC') + make_interval(months => months + 1) - interval '1 microsecond' END;
    RETURN QUERY EXECUTE 'WITH found AS MATERIALIZED (' || sources || ') SELECT created_at, id FROM found' || ordered || ' LIMIT ' || missing
      USING CASE WHEN is_descending THEN greatest(edge, oldest) ELSE oldest END, CASE WHEN is_descending THEN newest ELSE least(edge, newest) END;
    GET DIAGNOSTICS added = ROW_COUNT;
    missing := missing - added;
    IF is_descending THEN newest := edge - interval '1 microsecond'; ELSE oldest := edge + interval '1 microsecond'; END IF;
    months := greatest(1, months * 2);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION find_events(uuid, jsonb) TO rolecall_platform;
