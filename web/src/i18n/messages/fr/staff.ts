export default {
  'staff.title': 'Équipe',
  'staff.lead': 'Qui fait tourner la plateforme. Ce que ces rôles permettent vaut dans toutes les organisations.',
  'staff.invitations': 'Invitations',
};
