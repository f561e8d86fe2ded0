export default {
  'users.title': 'Personnes',
};
