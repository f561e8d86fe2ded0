import type { SystemPermission } from 'bff/contract';

/** What Rolecall's own permissions allow. The app's own are described by whoever adds them. */
export default {
  'permission.tenant:read': "Voir l'organisation et ses réglages",
  'permission.tenant:update': "Renommer l'organisation et changer ses réglages",
  'permission.members:read': 'Voir les membres et leurs rôles',
  'permission.members:invite': 'Inviter des personnes',
  'permission.members:update': 'Suspendre et réactiver des membres',
  'permission.members:remove': 'Retirer des membres',
  'permission.invitations:read': 'Voir les invitations',
  'permission.invitations:revoke': 'Annuler des invitations',
  'permission.roles:read': 'Voir les rôles et ce qu’ils permettent',
  'permission.roles:create': 'Créer des rôles',
  'permission.roles:update': 'Modifier des rôles',
  'permission.roles:delete': 'Supprimer des rôles',
  'permission.roles:assign': 'Donner et retirer des rôles',
  'permission.audit:read': "Lire le journal d'audit",
  'permission.tenants:read': 'Voir toutes les organisations',
  'permission.tenants:create': 'Créer des organisations',
  'permission.tenants:update': "Renommer, suspendre et réactiver n'importe quelle organisation",
  'permission.users:read': 'Voir toutes les personnes',
  'permission.permissions:create': "Ajouter les permissions de l'application",
  'permission.permissions:update': "Décrire et retirer les permissions de l'application",
  'permission.audit:read-all': "Lire les journaux d'audit de toutes les organisations",
  'permission.sync:read': "Voir la santé de la synchronisation d'identité",
} satisfies Record<`permission.${SystemPermission}`, string>;
