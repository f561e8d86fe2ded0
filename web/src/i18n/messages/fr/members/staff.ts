export default {
  'staff.title': 'Équipe',
  'staff.lead': 'Les membres de l’équipe de la plateforme. Leurs rôles s’appliquent dans toutes les organisations.',
};
