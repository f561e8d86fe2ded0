-- Returns whether a grant under one of these alternative conditions (null: unconditionally) applies in the context, or with
-- `include_satisfiable` would apply to some resource. PL/pgSQL, because SQL with a sub-select is planned at every call.
CREATE OR REPLACE FUNCTION grant_applies(alternatives jsonb, context jsonb, include_satisfiable boolean) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  ordinal int;
BEGIN
  IF alternatives IS NULL THEN RETURN true; END IF;
  FOR ordinal IN 0..jsonb_array_length(alternatives) - 1 LOOP
    IF conditions_hold(alternatives -> ordinal, context)
      OR (include_satisfiable AND conditions_satisfiable(alternatives -> ordinal, context))
    THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END $$;
GRANT EXECUTE ON FUNCTION grant_applies(jsonb, jsonb, boolean) TO rolecall_server, rolecall_access;
