-- Returns which of a role's conditional grants had their conditions met, for this user and this resource.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION met_permissions_as_of(
  conditional jsonb, of_user text, of_tenant uuid, as_of timestamptz, resource jsonb
) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT DISTINCT granted ->> 'code'
    FROM access_context_as_of(of_user, of_tenant, as_of, resource) AS context
    CROSS JOIN jsonb_array_elements(conditional) granted
    WHERE conditions_hold(granted -> 'conditions', context) ORDER BY 1)
$$;
