-- The role assignments in effect now or later.
CREATE OR REPLACE VIEW open_assignment WITH (security_invoker = true) AS
  SELECT * FROM membership_role
  WHERE ended_at IS NULL AND (valid_until IS NULL OR valid_until > clock_timestamp());
GRANT SELECT ON open_assignment TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
