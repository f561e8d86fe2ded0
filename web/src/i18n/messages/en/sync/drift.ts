export default {
  'sync.drift': 'Drift',
  'sync.drift_count': { one: '{n} difference', other: '{n} differences' },
  'sync.drift_empty': 'No drift',
  'sync.drift_empty_text': 'All checked data matches the identity provider.',
  'sync.drift_empty_running': 'No drift so far',
  'sync.drift_empty_backfill': 'An initial import counts differences but does not list them.',
  'sync.drift_object': 'Object',
  'sync.drift_kind': 'Difference',
  'sync.drift_state': 'Status',
  'sync.drift_type_user': 'User',
  'sync.drift_type_organization': 'Organization',
  'sync.drift_type_membership': 'Membership',
  'sync.drift_kind_missing': 'Missing here',
  'sync.drift_kind_extra': 'Missing at the provider',
  'sync.drift_kind_different': 'Different',
  'sync.drift_kind_role': 'Role differs',
  'sync.drift_kind_unreadable': 'Processing failed',
  'sync.drift_state_open': 'Open',
  'sync.drift_state_requested': 'Repair requested',
  'sync.drift_state_repaired': 'Repaired',
  'sync.drift_state_queued': 'Push queued',
  'sync.drift_state_ignored': 'Ignored',
  'sync.drift_local': 'Rolecall',
  'sync.drift_provider': 'Provider',
  'sync.drift_value_not_stored': 'personal data: values are not stored',
  'sync.drift_note_ended_here': 'Deleted here permanently. Its presence at the identity provider does not restore it.',
  'sync.drift_note_not_pullable':
    'The identity provider cannot change this here. Map the role to a provider role, or ignore the difference.',
  'sync.drift_note_push_refused':
    'The identity provider refused what was sent. Correct the cause and push it again, or accept the provider value.',
  'sync.drift_note_role_absent':
    'The identity provider names no role. That does not remove a role assigned here: push it, or remove it here.',
  'sync.drift_note_role_unknown':
    'No role here has the name that the identity provider sends. Correct it there, or map a role to it here.',
  'sync.drift_note_not_pushable': 'Only roles mapped to a provider role can be pushed.',
  'sync.drift_note_prune_limit':
    'An unusually large number is missing, so nothing was ended without confirmation. Repair it if this is correct.',
  'sync.drift_note_unknown_at_provider':
    'Joined here, but not a member at the identity provider. Push it to add the membership there.',
  'sync.drift_note_unreadable': 'The record could not be imported.',
  'sync.drift_note_user_missing': 'The user no longer exists at the identity provider, so the role cannot be pushed.',
  'sync.drift_selected': { one: '{n} selected', other: '{n} selected' },
  'sync.drift_pull': { one: 'Accept provider value', other: 'Accept provider values' },
  'sync.drift_push': { one: 'Push Rolecall role', other: 'Push Rolecall roles' },
  'sync.drift_ignore': 'Ignore',
  'sync.drift_pull_all': { one: 'Repair {n} open', other: 'Repair all {n} open' },
  'sync.drift_pull_title': {
    one: 'Accept the provider value for {n} difference?',
    other: 'Accept the provider values for {n} differences?',
  },
  'sync.drift_pull_text':
    'Each record is set to its current state at the identity provider: added, updated, or ended here if it was deleted there. Users lose the affected access immediately.',
  'sync.drift_push_title': {
    one: 'Push the Rolecall role for {n} difference?',
    other: 'Push the Rolecall roles for {n} differences?',
  },
  'sync.drift_push_text':
    'The role assigned here is sent to the identity provider. Members who joined here are added there.',
  'sync.drift_push_only_roles': 'Only roles, and members who joined here, can be pushed to the identity provider.',
  'sync.drift_ignore_title': { one: 'Ignore {n} difference?', other: 'Ignore {n} differences?' },
  'sync.drift_ignore_text':
    'Nothing is changed on either side, and it is no longer counted as open. The next sync run reports it again.',
  'sync.drift_repair_requested': 'The repair starts within seconds',
  'sync.drift_ignored': 'Drift ignored',
  'sync.drift_run_active': 'Wait until the sync run finishes.',
  'sync.drift_run_unfinished': 'Only the drift of a finished sync run can be repaired. Resume it, or start a new one.',
};
