-- A push with nothing to send, as after the end of a membership, is dropped: done means that the provider has the role.
CREATE POLICY sync_delete ON identity_push FOR DELETE TO rolecall_sync USING (true);
GRANT DELETE ON identity_push TO rolecall_sync;
