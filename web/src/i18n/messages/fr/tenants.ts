export default {
  'tenants.title': 'Organisations',
};
