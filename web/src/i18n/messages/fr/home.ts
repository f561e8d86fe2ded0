export default {
  'home.title': 'Accueil',
  'home.your_roles': { one: 'Votre rôle ici : {roles}', other: 'Vos rôles ici : {roles}' },
  'home.as_staff': 'Vous consultez cette organisation en tant que membre de l’équipe de la plateforme.',
  'home.joined': 'Membres récents',
  'home.all_members': 'Tous les membres',
  'home.waiting': 'Invitations en attente',
  'home.all_waiting': { one: '{n} en attente', other: 'Les {n} en attente' },
  'home.none_waiting': 'Aucune invitation en attente.',
  'home.roles': 'Rôles',
  'home.all_roles': 'Tous les rôles',
};
