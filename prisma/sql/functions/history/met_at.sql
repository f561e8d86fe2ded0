-- Returns what a role granted under conditions that held for this user and this resource.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION met_at(sometimes jsonb, of_user text, asked_tenant uuid, moment timestamptz, resource jsonb) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT DISTINCT given ->> 'code'
    FROM context_at(of_user, asked_tenant, moment, resource) AS context CROSS JOIN jsonb_array_elements(sometimes) given
    WHERE conditions_hold(given -> 'conditions', context) ORDER BY 1)
$$;
