export default {
  'staff.title': 'Équipe',
};
