export default {
  'staff.title': 'Staff',
};
