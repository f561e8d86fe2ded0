export default {
  'roles.matrix': 'Permission matrix',
  'roles.matrix_lead':
    'All roles and permissions in one table. Edit cells, review the result and save it as one change.',
  'roles.matrix_on': 'on',
  'roles.matrix_off': 'off',
  'roles.matrix_inherited': 'inherited from {role}',
  'roles.matrix_conditional': 'only under conditions',
  'roles.matrix_edited': 'not saved yet',
  'roles.matrix_from_parent': 'Inherited from {role}: remove it there',
  'roles.matrix_child_of': 'child of {role}',
  'roles.matrix_keys': 'Arrow keys move, Space toggles.',
  'roles.matrix_keys_more':
    'Home and End go to the ends of the row, with Ctrl to the first and the last cell. Page Up and Page Down move ten rows. The role names are above the first row; press Enter to open one.',
  'roles.legend_direct': 'direct',
  'roles.legend_inherited': 'inherited',
  'roles.legend_locked': 'you cannot change this',
  'roles.matrix_discard': 'Discard',
  'roles.matrix_unsaved': 'Unsaved changes',
  'roles.matrix_reason': 'Reason (optional)',
  'roles.matrix_changes': { one: '{n} change', other: '{n} changes' },
  'roles.matrix_in_roles': { one: '{n} role', other: '{n} roles' },
  'roles.matrix_save': { one: 'Save {n} change in {roles}', other: 'Save {n} changes in {roles}' },
  'roles.matrix_saved': { one: '{n} change in {roles} saved', other: '{n} changes in {roles} saved' },
  'roles.matrix_rejected': 'No changes saved.',
  'roles.matrix_stale_role':
    '{role} was changed by another user: you edited version {seen}, the current version is {version}.',
  'roles.matrix_stale': 'Your changes are kept on top of the current version. Review and save again.',
};
