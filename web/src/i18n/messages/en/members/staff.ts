export default {
  'staff.title': 'Staff',
  'staff.lead': 'Members of the platform team. Their roles apply in every tenant.',
};
