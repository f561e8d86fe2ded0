export default {
  'staff.title': 'Staff',
  'staff.lead': 'Who runs the platform. What their roles allow counts in every tenant.',
  'staff.invitations': 'Invitations',
};
