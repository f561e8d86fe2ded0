export default {
  'tenants.title': 'Tenants',
};
