export default {
  'home.title': 'Home',
  'home.your_roles': { one: 'Your role here: {roles}', other: 'Your roles here: {roles}' },
  'home.as_staff': 'You see this tenant as platform staff.',
  'home.joined': 'Joined lately',
  'home.all_members': 'All members',
  'home.waiting': 'Invitations waiting',
  'home.all_waiting': { one: '{n} waiting', other: 'All {n} waiting' },
  'home.none_waiting': 'No invitation is waiting for an answer.',
  'home.roles': 'Who holds what',
  'home.all_roles': 'All roles',
};
