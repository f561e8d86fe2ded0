-- Returns whether some resource could make the conditions hold: the terms that look at no resource hold already.
CREATE OR REPLACE FUNCTION conditions_satisfiable(conditions jsonb, context jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT conditions_hold((
    SELECT jsonb_agg(term) FROM jsonb_array_elements(conditions) AS term
    WHERE term ->> 'attribute' NOT LIKE 'resource.%' AND coalesce(term #>> '{value,attribute}', '') NOT LIKE 'resource.%'
  ), context)
$$;
GRANT EXECUTE ON FUNCTION conditions_satisfiable(jsonb, jsonb) TO rolecall_server, rolecall_access;
