export default {
  'sync.drift': 'Écarts',
  'sync.drift_count': { one: '{n} écart', other: '{n} écarts' },
  'sync.drift_empty': 'Aucun écart',
  'sync.drift_empty_text': 'Toutes les données vérifiées correspondent au fournisseur d’identité.',
  'sync.drift_empty_running': 'Aucun écart jusqu’ici',
  'sync.drift_empty_backfill': 'Un import initial compte les écarts sans les lister.',
  'sync.drift_object': 'Objet',
  'sync.drift_kind': 'Écart',
  'sync.drift_state': 'État',
  'sync.drift_type_user': 'Utilisateur',
  'sync.drift_type_organization': 'Organisation',
  'sync.drift_type_membership': 'Adhésion',
  'sync.drift_kind_missing': 'Absent ici',
  'sync.drift_kind_extra': 'Absent du fournisseur',
  'sync.drift_kind_different': 'Différent',
  'sync.drift_kind_role': 'Rôle différent',
  'sync.drift_kind_unreadable': 'Échec du traitement',
  'sync.drift_state_open': 'À traiter',
  'sync.drift_state_requested': 'Réparation demandée',
  'sync.drift_state_repaired': 'Réparé',
  'sync.drift_state_queued': 'Envoi en attente',
  'sync.drift_state_ignored': 'Ignoré',
  'sync.drift_local': 'Rolecall',
  'sync.drift_provider': 'Fournisseur',
  'sync.drift_value_not_stored': 'données personnelles : valeurs non conservées',
  'sync.drift_note_ended_here':
    'Supprimé définitivement ici. Sa présence chez le fournisseur d’identité ne le rétablit pas.',
  'sync.drift_note_not_pullable':
    'Le fournisseur d’identité ne peut pas le modifier ici. Associez le rôle à un rôle du fournisseur, ou ignorez l’écart.',
  'sync.drift_note_push_refused':
    'Le fournisseur d’identité a refusé l’envoi. Corrigez la cause et renvoyez, ou acceptez la valeur du fournisseur.',
  'sync.drift_note_role_absent':
    'Le fournisseur d’identité n’indique aucun rôle. Un rôle attribué ici n’est pas retiré pour autant : envoyez-le, ou retirez-le ici.',
  'sync.drift_note_role_unknown':
    'Aucun rôle ne porte ici le nom indiqué par le fournisseur d’identité. Corrigez-le chez le fournisseur, ou associez-y un rôle ici.',
  'sync.drift_note_not_pushable': 'Seuls les rôles associés à un rôle du fournisseur peuvent être envoyés.',
  'sync.drift_note_prune_limit':
    'Un nombre inhabituel d’éléments manque : rien n’a pris fin sans confirmation. Réparez si c’est correct.',
  'sync.drift_note_unknown_at_provider':
    'Ajouté ici, mais absent chez le fournisseur d’identité. Envoyez-le pour l’y ajouter.',
  'sync.drift_note_unreadable': 'L’élément n’a pas pu être importé.',
  'sync.drift_note_user_missing':
    'L’utilisateur n’existe plus chez le fournisseur d’identité : le rôle ne peut pas être envoyé.',
  'sync.drift_selected': { one: '{n} sélectionné', other: '{n} sélectionnés' },
  'sync.drift_pull': { one: 'Accepter la valeur du fournisseur', other: 'Accepter les valeurs du fournisseur' },
  'sync.drift_push': { one: 'Envoyer le rôle Rolecall', other: 'Envoyer les rôles Rolecall' },
  'sync.drift_ignore': 'Ignorer',
  'sync.drift_pull_all': { one: 'Réparer {n} écart', other: 'Réparer les {n} écarts' },
  'sync.drift_pull_title': {
    one: 'Accepter la valeur du fournisseur pour {n} écart ?',
    other: 'Accepter les valeurs du fournisseur pour {n} écarts ?',
  },
  'sync.drift_pull_text':
    'Chaque élément est aligné sur son état actuel chez le fournisseur d’identité : ajouté, mis à jour, ou terminé ici s’il y a été supprimé. Les utilisateurs perdent immédiatement les accès concernés.',
  'sync.drift_push_title': {
    one: 'Envoyer le rôle Rolecall pour {n} écart ?',
    other: 'Envoyer les rôles Rolecall pour {n} écarts ?',
  },
  'sync.drift_push_text':
    'Le rôle attribué ici est envoyé au fournisseur d’identité. Les membres ajoutés ici y sont ajoutés aussi.',
  'sync.drift_push_only_roles':
    'Seuls les rôles et les membres ajoutés ici peuvent être envoyés au fournisseur d’identité.',
  'sync.drift_ignore_title': { one: 'Ignorer {n} écart ?', other: 'Ignorer {n} écarts ?' },
  'sync.drift_ignore_text':
    'Rien n’est modifié d’aucun côté, et il n’est plus compté parmi les écarts à traiter. La prochaine synchronisation le signalera de nouveau.',
  'sync.drift_repair_requested': 'La réparation démarre dans quelques secondes',
  'sync.drift_ignored': 'Écarts ignorés',
  'sync.drift_run_active': 'Attendez la fin de la synchronisation.',
  'sync.drift_run_unfinished':
    'Seuls les écarts d’une synchronisation terminée peuvent être réparés. Reprenez-la ou lancez-en une nouvelle.',
};
