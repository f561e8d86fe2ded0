export default {
  'users.title': 'People',
};
