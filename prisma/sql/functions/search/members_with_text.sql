-- Returns the members of the current tenant whose names and addresses match all patterns of LIKE, of which the first ones lead through the
-- index. Planned for these patterns: how many members they match decides how.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION members_with_text(patterns text[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  of_tenant CONSTANT uuid := current_tenant_id();
  first CONSTANT text := patterns[1];
  second CONSTANT text := coalesce(patterns[2], patterns[1]);
BEGIN
  RETURN QUERY SELECT id FROM membership
    WHERE tenant_id = of_tenant AND ' ' || search_text LIKE first AND ' ' || search_text LIKE second
      AND ' ' || search_text LIKE ALL (patterns);
END $$;
GRANT EXECUTE ON FUNCTION members_with_text(text[]) TO rolecall_server;
