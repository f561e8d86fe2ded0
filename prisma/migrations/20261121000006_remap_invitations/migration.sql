-- When a role is deleted in favour of another, open invitations give the other one.
GRANT DELETE ON invitation_role TO rolecall_server;
