-- Returns the context in which conditions are evaluated: the user of today, the slug of that time, and the resource
-- in question.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION context_at(of_user text, asked_tenant uuid, moment timestamptz, resource jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT access_context(person.id, person.email, person.email_verified, asked_tenant, (
      SELECT state ->> 'slug' FROM access_state
      WHERE tenant_id = asked_tenant AND kind = 'tenant' AND entity_id = asked_tenant::text AND at <= moment ORDER BY at DESC LIMIT 1),
    coalesce(resource, '{}'))
  FROM "user" person WHERE person.id = of_user
$$;
