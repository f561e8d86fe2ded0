export default {
  'permissions.title': 'Permissions',
};
