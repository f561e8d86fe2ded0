-- The role assignments in effect now.
CREATE OR REPLACE VIEW active_assignment WITH (security_invoker = true) AS
  SELECT * FROM membership_role
  WHERE ended_at IS NULL AND valid_from <= clock_timestamp() AND (valid_until IS NULL OR valid_until > clock_timestamp());
GRANT SELECT ON active_assignment TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
