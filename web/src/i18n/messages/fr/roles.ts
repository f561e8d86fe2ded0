export default {
  'roles.title': 'Rôles',
};
