export default {
  'api_keys.title': 'Clés d’API',
  'api_keys.lead':
    'Les clés d’API permettent au serveur de votre application de vérifier les accès des utilisateurs de {tenant}.',
  'api_keys.lead_platform':
    'Les clés d’API de plateforme permettent au serveur de votre application de vérifier les accès des utilisateurs dans toutes les organisations.',
  'api_keys.count': { one: '{n} clé d’API', other: '{n} clés d’API' },
  'api_keys.empty': 'Aucune clé d’API pour l’instant',
  'api_keys.empty_text':
    'Une clé d’API permet au serveur de votre application de vérifier une permission d’un utilisateur avant d’effectuer une action. Une clé ne sert qu’aux vérifications d’accès : elle ne peut ni modifier ni lister de données.',
  'api_keys.name': 'Nom',
  'api_keys.name_hint': 'Le serveur qui l’utilise, par exemple « Paiement, production ».',
  'api_keys.name_missing': 'Saisissez un nom.',
  'api_keys.created_by': 'Créée par',
  'api_keys.last_used': 'Dernière utilisation',
  'api_keys.never_used': 'Jamais',
  'api_keys.expires': 'Expiration',
  'api_keys.no_expiry': 'Sans expiration',
  'api_keys.action': 'Action',
  'api_keys.active': 'Active',
  'api_keys.expired': 'Expirée',
  'api_keys.revoked': 'Révoquée',
  'api_keys.create_about':
    'La clé ne sert qu’aux vérifications d’accès : elle ne peut ni modifier ni lister de données.',
  'api_keys.create': 'Créer une clé d’API',
  'api_keys.create_title': 'Créer une clé d’API pour {tenant}',
  'api_keys.create_title_platform': 'Créer une clé d’API de plateforme',
  'api_keys.expires_after': 'Expire dans',
  'api_keys.days': { one: '{count} jour', other: '{count} jours' },
  'api_keys.until_revoked': 'Sans expiration',
  'api_keys.expires_hint':
    'Une date d’expiration limite les conséquences d’une fuite. Aucun avertissement n’est envoyé avant l’expiration.',
  'api_keys.created_done': 'Clé d’API {name} créée',
  'api_keys.key': 'Clé d’API',
  'api_keys.copy': 'Copier la clé',
  'api_keys.shown_once':
    'Cette clé n’est affichée qu’une fois et n’est pas conservée. Stockez-la avec les secrets de votre serveur, jamais dans un navigateur ni dans une application mobile.',
  'api_keys.already_shown':
    'La clé a déjà été affichée et n’est pas conservée. Si elle est perdue, révoquez-la et créez-en une nouvelle.',
  'api_keys.try_command': 'Essayer : vérifier si vous pouvez voir les membres',
  'api_keys.copy_curl': 'Copier la commande',
  'api_keys.revoke': 'Révoquer {name}',
  'api_keys.revoke_short': 'Révoquer',
  'api_keys.revoke_action': 'Révoquer la clé d’API',
  'api_keys.revoke_text':
    'Les serveurs qui utilisent {prefix}… sont rejetés dès leur prochaine requête. Une clé révoquée ne peut pas être rétablie.',
  'api_keys.revoke_used': 'Dernière utilisation : {when}.',
  'api_keys.revoke_unused': 'Jamais utilisée.',
  'api_keys.revoked_done': 'Clé d’API {name} révoquée',
};
