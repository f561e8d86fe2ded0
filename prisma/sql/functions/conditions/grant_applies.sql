-- Returns whether a grant under one of these alternative conditions (null: unconditionally) applies in the context, or with
-- `include_satisfiable` would apply to some resource.
CREATE OR REPLACE FUNCTION grant_applies(alternatives jsonb, context jsonb, include_satisfiable boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT alternatives IS NULL OR EXISTS (
    SELECT 1 FROM jsonb_array_elements(alternatives) AS conditions
    WHERE conditions_hold(conditions, context) OR (include_satisfiable AND conditions_satisfiable(conditions, context)))
$$;
GRANT EXECUTE ON FUNCTION grant_applies(jsonb, jsonb, boolean) TO rolecall_server, rolecall_access;
