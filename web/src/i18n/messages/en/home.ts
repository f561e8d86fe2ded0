export default {
  'home.title': 'Home',
  'home.your_roles': { one: 'Your role here: {roles}', other: 'Your roles here: {roles}' },
  'home.as_staff': 'You are viewing this tenant as platform staff.',
  'home.joined': 'Recently joined',
  'home.all_members': 'All members',
  'home.waiting': 'Pending invitations',
  'home.all_waiting': { one: '{n} pending', other: 'All {n} pending' },
  'home.none_waiting': 'No pending invitations.',
  'home.roles': 'Roles',
  'home.all_roles': 'All roles',
};
