-- Returns the assignments in effect, of one user or (null) of all: of active members, neither banned nor deleted,
-- begun and not ended. The caller looks at the status of the tenant and at the roles.
SET LOCAL ROLE rolecall_access;
CREATE OR REPLACE FUNCTION holdings_at(of_tenant uuid, of_user text, moment timestamptz) RETURNS TABLE (
  user_id text, membership_id uuid, role_id uuid, valid_from timestamptz, valid_until timestamptz, is_primary boolean,
  granted_by text, granted_at timestamptz
)
LANGUAGE sql STABLE AS $$
  WITH member AS MATERIALIZED (
    SELECT membership.id, membership.user_id FROM membership
    WHERE membership.tenant_id = of_tenant AND (of_user IS NULL OR membership.user_id = of_user)
  ), held AS MATERIALIZED (
    SELECT giving.id, giving.membership_id, giving.granted_by, giving.created_at FROM membership_role giving
    WHERE giving.tenant_id = of_tenant AND (of_user IS NULL OR giving.membership_id IN (SELECT member.id FROM member))
  ), span AS MATERIALIZED (
    SELECT holding.entity_id::uuid AS id, holding.state,
      (holding.state ->> 'validFrom')::timestamp AT TIME ZONE 'UTC' AS valid_from,
      (holding.state ->> 'validUntil')::timestamp AT TIME ZONE 'UTC' AS valid_until
    FROM states_at(of_tenant, 'holding', CASE WHEN of_user IS NOT NULL THEN ARRAY(SELECT held.id::text FROM held) END, moment) holding
    WHERE NOT (holding.state -> 'ended')::boolean
  )
  SELECT member.user_id, member.id, (span.state ->> 'roleId')::uuid,
    span.valid_from, span.valid_until, (span.state -> 'isPrimary')::boolean, held.granted_by, held.created_at
  FROM span
  JOIN held ON held.id = span.id
  JOIN member ON member.id = held.membership_id
  JOIN states_at(of_tenant, 'membership', CASE WHEN of_user IS NOT NULL THEN ARRAY(SELECT member.id::text FROM member) END, moment) joined
    ON joined.entity_id = member.id::text AND joined.state ->> 'status' = 'active'
  WHERE span.valid_from <= moment AND (span.valid_until IS NULL OR span.valid_until > moment)
    AND member.user_id NOT IN (
      SELECT account.entity_id
      FROM states_at(platform_tenant_id(), 'user', CASE WHEN of_user IS NOT NULL THEN ARRAY[of_user] END, moment) account
      WHERE account.state <> '{"banned": false, "deleted": false}')
$$;
