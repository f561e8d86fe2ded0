export default {
  'roles.title': 'Roles',
};
