export default {
  'shell.skip': 'Aller au contenu principal',
  'shell.navigation': 'Navigation principale',
  'shell.open_navigation': 'Ouvrir la navigation',
  'shell.breadcrumb': 'Fil d’Ariane',
  'shell.platform': 'Plateforme',
  'shell.platform_note': 'Toutes les organisations',
  'shell.choose_tenant': 'Choisir une organisation',
  'shell.switch_tenant': 'Changer d’organisation',
  'shell.search_tenants': 'Rechercher une organisation',
  'shell.no_tenant_found': 'Aucune organisation trouvée.',
  'shell.user_menu': 'Langue, thème, déconnexion',
  'shell.account': 'Compte et sécurité',
  'shell.sidebar': 'Barre latérale',
  'shell.theme': 'Thème',
  'shell.theme_system': 'Système',
  'shell.theme_light': 'Clair',
  'shell.theme_dark': 'Sombre',
  'shell.unreachable': 'Le serveur est injoignable. Les données affichées ne sont peut-être plus à jour.',
  'shell.new_version': 'Une nouvelle version est disponible.',
  'shell.new_version_text': 'Enregistrez vos modifications, puis rechargez la page pour l’utiliser.',
  'feedback.not_loaded': 'Non chargé.',
  'shell.part_missing': 'Cette partie n’a pas pu être chargée',
  'session.ended_title': 'Connectez-vous pour continuer',
  'session.ended_text': 'Votre session a expiré. Rien de ce que vous avez saisi n’est perdu.',
  'session.leave': 'Quitter cette page',
  'shell.impersonated_read_only':
    '{impersonator} agit sous l’identité de {user}. Les modifications ne sont pas autorisées.',
  'shell.impersonated':
    '{impersonator} agit sous l’identité de {user}. Les modifications sont enregistrées sous les deux noms.',
  'shell.tenant_inactive':
    '{tenant} est {status} : aucun de ses membres n’a accès, pas même un propriétaire, tant que l’équipe de la plateforme ne la réactive pas.',
  'shell.not_found_title': 'Introuvable',
  'shell.not_found_text':
    'Cette page n’existe pas, ou vous n’y avez pas accès. Le lien est peut-être obsolète ou destiné à un autre compte.',
  'shell.go_home': 'Aller à l’accueil',
  'shell.error_title': 'Une erreur s’est produite',
  'shell.error_text':
    'Aucune donnée n’a été perdue. Rechargez la page. Si le problème persiste, contactez votre administrateur.',
  'shell.reload': 'Recharger la page',
  'shell.no_tenant_title': 'Vous n’êtes encore membre d’aucune organisation',
  'shell.no_tenant_text': 'Demandez une invitation à un administrateur en lui communiquant ces informations :',
  'shell.no_tenant_email': 'Votre e-mail',
  'shell.no_tenant_id': 'Votre ID utilisateur',
  'access.requires': 'Nécessite {permission}',
  'access.tenant_not_active':
    '{tenant} n’est pas active : aucun de ses membres n’a accès, pas même un propriétaire. Seule l’équipe de la plateforme peut la réactiver ; contactez-la.',
  'access.page_title': 'Vous n’avez pas accès à cette page',
  'access.page_text':
    'Elle nécessite {permission}. Demandez à un propriétaire ou à un administrateur de vous attribuer un rôle qui l’accorde.',
  'live.changed': 'Vos accès ont changé : {places}',
  'live.membership_suspended':
    'Votre adhésion à {tenant} est suspendue. Vous n’y avez aucun accès jusqu’à ce qu’un administrateur la réactive.',
  'live.left_title': 'Vous n’êtes plus membre de {tenant}',
  'live.left_text':
    'Votre adhésion a pris fin. Si c’est inattendu, contactez un propriétaire ou un administrateur de l’organisation.',
};
