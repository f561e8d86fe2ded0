-- Returns the role assignments in effect, of one user or (null) of all: of active members, neither banned nor deleted, begun
-- and not ended. The caller looks at the status of the tenant and at the roles.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION assignments_as_of(of_tenant uuid, of_user text, as_of timestamptz) RETURNS TABLE (
  user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz
)
LANGUAGE sql STABLE AS $$
  WITH member AS MATERIALIZED (
    SELECT membership.id, membership.user_id FROM membership
    WHERE membership.tenant_id = of_tenant AND (of_user IS NULL OR membership.user_id = of_user)
  ), assignment AS MATERIALIZED (
    SELECT assigned.id, assigned.membership_id, assigned.granted_by, assigned.created_at FROM membership_role assigned
    WHERE assigned.tenant_id = of_tenant
      AND (of_user IS NULL OR assigned.membership_id IN (SELECT member.id FROM member))
  ), span AS MATERIALIZED (
    SELECT history.entity_id::uuid AS id, history.state,
      (history.state ->> 'validFrom')::timestamp AT TIME ZONE 'UTC' AS valid_from,
      (history.state ->> 'validUntil')::timestamp AT TIME ZONE 'UTC' AS valid_until
    FROM states_as_of(of_tenant, 'assignment',
      CASE WHEN of_user IS NOT NULL THEN ARRAY(SELECT assignment.id::text FROM assignment) END, as_of) history
    WHERE NOT (history.state -> 'ended')::boolean
  ), active_member AS MATERIALIZED (
    SELECT history.entity_id
    FROM states_as_of(of_tenant, 'membership',
      CASE WHEN of_user IS NOT NULL THEN ARRAY(SELECT member.id::text FROM member) END, as_of) history
    WHERE history.state ->> 'status' = 'active'
  ), blocked_user AS MATERIALIZED (
    SELECT history.entity_id
    FROM states_as_of(platform_tenant_id(), 'user', CASE WHEN of_user IS NOT NULL THEN ARRAY[of_user] END, as_of) history
    WHERE history.state <> '{"banned": false, "deleted": false}'
  )
  SELECT member.user_id, member.id, (span.state ->> 'roleId')::uuid, span.valid_from, span.valid_until,
    (span.state -> 'isPrimary')::boolean, assignment.granted_by, assignment.created_at
  FROM span
  JOIN assignment ON assignment.id = span.id
  JOIN member ON member.id = assignment.membership_id
  JOIN active_member ON active_member.entity_id = member.id::text
  WHERE span.valid_from <= as_of AND (span.valid_until IS NULL OR span.valid_until > as_of)
    AND member.user_id NOT IN (SELECT blocked_user.entity_id FROM blocked_user)
$$;
