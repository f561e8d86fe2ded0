-- The role assignments in effect now or later. Those of the start of the transaction: a change that a role outlasts by
-- less than itself sees until its end what it has done.
CREATE OR REPLACE VIEW open_assignment WITH (security_invoker = true) AS
  SELECT * FROM membership_role
  WHERE ended_at IS NULL AND (valid_until IS NULL OR valid_until > transaction_timestamp());
GRANT SELECT ON open_assignment TO rolecall_server, rolecall_platform, rolecall_sync, rolecall_access;
