-- Returns the context in which conditions are evaluated: the user of today, the slug of that time, the resource in question.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION access_context_as_of(of_user text, of_tenant uuid, as_of timestamptz, resource jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT access_context(person.id, coalesce(person.email_key, person.email), person.email_verified, of_tenant,
    state_as_of(of_tenant, 'tenant', of_tenant::text, as_of) ->> 'slug', coalesce(resource, '{}'))
  FROM "user" person WHERE person.id = of_user
$$;
