export default {
  'home.title': 'Accueil',
  'home.your_roles': { one: 'Votre rôle ici : {roles}', other: 'Vos rôles ici : {roles}' },
  'home.as_staff': 'Vous voyez cette organisation en tant que membre de l’équipe de la plateforme.',
  'home.joined': 'Arrivées récentes',
  'home.all_members': 'Tous les membres',
  'home.waiting': 'Invitations en attente',
  'home.all_waiting': { one: '{n} en attente', other: 'Les {n} en attente' },
  'home.none_waiting': 'Aucune invitation n’attend de réponse.',
  'home.roles': 'Qui a quoi',
  'home.all_roles': 'Tous les rôles',
};
